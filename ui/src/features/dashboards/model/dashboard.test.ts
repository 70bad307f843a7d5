import { describe, expect, it } from 'vitest';
import { BUILT_IN } from './builtIn';
import { EMPTY, metricPanel, moved, movedTo, questionOf, readDashboard, resized, type MetricContent, type Panel } from './dashboard';

const panel = (id: string): Panel => ({ id, title: id, width: 6, height: 4, content: { kind: 'text', markdown: id } });
const ids = (panels: Panel[]) => panels.map(({ id }) => id).join('');

describe('panels', () => {
  const panels = ['a', 'b', 'c'].map(panel);

  it.each([
    ['a', 1, 'bac'],
    ['a', -1, 'abc'],
    ['c', -2, 'cab'],
    ['c', 5, 'abc'],
  ])('%s moves by %d', (id, step, order) => expect(ids(moved(panels, id, step))).toBe(order));

  it('are put before another', () => expect(ids(movedTo(panels, 'c', 1))).toBe('acb'));

  it('stay within the grid', () => {
    expect(resized(panel('a'), 13, 0)).toMatchObject({ width: 12, height: 1 });
    expect(resized(panel('a'), 4.4, 2.6)).toMatchObject({ width: 4, height: 3 });
  });
});

describe('a dashboard', () => {
  it('is read back as it was written', () => {
    const question = { name: 'requests', kind: '', aggregation: 'rate', groupBy: ['route'], query: 'service = web' };
    const board = { ...EMPTY, panels: [metricPanel('m', question), panel('t')] };
    expect(readDashboard(JSON.parse(JSON.stringify(board)))).toEqual(board);
    expect(questionOf(board.panels[0]!.content as MetricContent)).toEqual(question);
  });

  it.each(BUILT_IN.map(({ id, board }) => [id, board]))('%s, which comes with the page, is one', (_, board) =>
    expect(readDashboard(JSON.parse(JSON.stringify(board)))).toEqual(board),
  );

  it.each([
    [[], 'the dashboard is no object'],
    [{ schema_version: 2 }, 'schema_version is 2: this page reads 1'],
    [{ schema_version: 1 }, 'panels is no list'],
    [{ schema_version: 1, panels: [{ id: 'a', width: 13 }] }, 'width of panel 1 is no number from 1 to 12'],
    [{ schema_version: 1, panels: [{ ...panel('a'), content: { kind: 'pie' } }] }, 'kind of panel 1 is "pie": it may be metric, sql or text'],
    [{ schema_version: 1, panels: [panel('a'), panel('a')] }, 'two panels have the same id'],
  ])('that is none says why: %j', (json, message) => expect(() => readDashboard(json)).toThrow(message));
});
