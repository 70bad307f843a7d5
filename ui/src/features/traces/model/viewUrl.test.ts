import { describe, expect, it } from 'vitest';
import { readView, writeView, type TraceView } from './viewUrl';

describe('trace view in the URL', () => {
  it('reads back what it wrote, and keeps parameters of others', () => {
    const view: TraceView = {
      name: 'flame',
      spanId: '00f067aa0ba902b7',
      nth: 1,
      zoom: { from: 1000, to: 250_000 },
      query: 'db.system = "x & y"',
      fold: { level: 2, toggled: new Set(['00f067aa0ba902b7', '0000000000000001']) },
      tab: 'events',
      criticalPath: true,
      logs: true,
      log: '1764000000000000042.1',
      cutGaps: true,
    };
    const search = writeView(view, '?project=shop');
    expect(search).toContain('project=shop');
    expect(readView(search)).toEqual(view);
  });

  it('is empty for the default view', () => {
    expect(writeView(readView(''), '')).toBe('');
  });

  it.each(['?zoom=9-3', '?zoom=abc', '?fold=zzz', '?fold=', '?tab=nope', '?nth=-1', '?nth=two', '?view=4', '?log=new', '?gaps=1'])('ignores %s', (search) => {
    expect(readView(search)).toEqual(readView(''));
  });

  it('drops single folds when there are too many for a URL', () => {
    const toggled = new Set(Array.from({ length: 100 }, (_, i) => i.toString(16).padStart(16, '0')));
    const search = writeView({ ...readView(''), fold: { level: 3, toggled } }, '');
    expect(search).toBe('?fold=3');
  });
});
