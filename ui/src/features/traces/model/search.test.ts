import { describe, expect, it } from 'vitest';
import { isField, mergeMatches, searchTrace, stepMatch, writeField } from './search';
import { skeletonOf } from './traceFixture';
import { buildTrace } from './tree';

const trace = buildTrace(
  skeletonOf([
    { id: 'aa00', parent: -1, start: 0, length: 9, name: 'GET /cart', service: 'web' },
    { id: 'bb11', parent: 0, start: 1, length: 1, name: 'SELECT cart', service: 'db' },
    { id: 'cc22', parent: 0, start: 2, length: 1, name: 'chat', operation: 'chat', model: 'gpt-5.1' },
  ]),
);
const hits = (query: string) => [...searchTrace(trace, query)];

describe('searchTrace', () => {
  it.each([
    ['CART', [1, 1, 0]],
    ['cart db', [0, 1, 0]],
    ['gpt-5', [0, 0, 1]],
    ['bb11', [0, 1, 0]],
    ['nothing', [0, 0, 0]],
    ['  ', [0, 0, 0]],
  ])('%j', (query, expected) => expect(hits(query)).toEqual(expected));
});

describe('a box of the graph', () => {
  const agents = buildTrace(
    skeletonOf([
      { id: 'a', parent: -1, start: 0, length: 9, name: 'invoke_agent support', operation: 'invoke_agent' },
      { id: 'b', parent: 0, start: 1, length: 1, name: 'chat gpt-5.1', operation: 'chat', model: 'gpt-5.1' },
      { id: 'c', parent: 0, start: 2, length: 1, name: 'execute_tool support', operation: 'execute_tool' },
      { id: 'd', parent: 0, start: 3, length: 1, name: 'support', service: 'support' },
    ]),
  );

  it.each([
    ['agent', 'support', [1, 0, 0, 0]],
    ['tool', 'support', [0, 0, 1, 0]],
    ['model', 'gpt-5.1', [0, 1, 0, 0]],
    ['service', 'support', [0, 0, 0, 1]],
  ])('%s:%s finds its spans and no other', (kind, name, expected) => {
    const query = writeField(kind, name);
    expect(isField(query)).toBe(true);
    expect([...searchTrace(agents, query)]).toEqual(expected);
  });

  it('is not what looks like one', () => {
    expect(['http://x', 'tool:', 'agent support'].map(isField)).toEqual([false, false, false]);
  });
});

describe('mergeMatches', () => {
  it('adds what the server found and ignores ids of no span here', () => {
    const matches = mergeMatches(trace, searchTrace(trace, 'db'), ['cc22', 'ffff']);
    expect([...matches.positions]).toEqual([1, 2]);
  });
});

describe('stepMatch', () => {
  const matches = mergeMatches(trace, searchTrace(trace, 'cart'), []);
  it('goes round in both directions', () => {
    expect(stepMatch(matches, 0, 1)).toBe(1);
    expect(stepMatch(matches, 1, 1)).toBe(0);
    expect(stepMatch(matches, 0, -1)).toBe(1);
    expect(stepMatch(matches, -1, 1)).toBe(0);
  });
});
