import { describe, expect, it } from 'vitest';
import { mergeMatches, searchTrace, stepMatch } from './search';
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
