import { describe, expect, it } from 'vitest';
import type { ComparedStep, StepPair } from '../../../api/types';
import { keyOf, largestChanges, listRows, nextDifference } from './steps';

const step = (id: string, more: Partial<ComparedStep> = {}): ComparedStep => ({
  span_id: id, parent_span_id: '', name: `step ${id}`, service: 's', operation: '', model: '', agent: '', tool: '', start: 0,
  duration: 10, status: 'UNSET', input_tokens: 0, output_tokens: 0, cost: null, ...more,
}); // prettier-ignore

const pair = (id: string, depth: number, match: StepPair['match'] = 'same', more: Partial<ComparedStep> = {}): StepPair => ({
  depth,
  match,
  left: match === 'right_only' ? null : step(id, more),
  right: match === 'left_only' ? null : step(id, more),
  duration_difference: 0,
  input_tokens_difference: 0,
  output_tokens_difference: 0,
  cost_difference: null,
  differences: [],
  content: null,
  folded: 0,
});

const PAIRS = [
  pair('1', 0),
  pair('2', 1),
  pair('3', 2, 'changed', { operation: 'chat' }),
  pair('4', 1),
  pair('5', 2),
  pair('6', 1, 'right_only', { status: 'ERROR' }),
];

const shown = (only: Parameters<typeof listRows>[1]) =>
  listRows(PAIRS, only).map(({ pair: { left, right }, context }) => `${(right ?? left)!.span_id}${context ? '*' : ''}`);

describe('listRows', () => {
  it('shows all without a filter', () => expect(shown(new Set())).toEqual(['1', '2', '3', '4', '5', '6']));

  it('keeps what is above a step that is shown', () => {
    expect(shown(new Set(['differences']))).toEqual(['1*', '2*', '3', '6']);
    expect(shown(new Set(['model']))).toEqual(['1*', '2*', '3']);
  });

  it('lets all filters hold', () => expect(shown(new Set(['differences', 'errors']))).toEqual(['1*', '6']));

  it('counts a step that only one has among its like', () => {
    const tries = [
      pair('1', 0),
      pair('2', 1, 'same', { name: 'get' }),
      pair('3', 1, 'right_only', { name: 'get' }),
      pair('4', 1, 'right_only', { name: 'put' }),
      pair('5', 1, 'right_only', { name: 'get' }),
      pair('6', 0, 'right_only', { name: 'get' }),
    ];
    expect(listRows(tries, new Set()).map(({ repeat }) => repeat)).toEqual([0, 0, 2, 0, 3, 0]);
  });
});

it('walks from difference to difference', () => {
  const rows = listRows(PAIRS, new Set());
  expect(nextDifference(rows, -1, 1)).toBe(2);
  expect(nextDifference(rows, 2, 1)).toBe(5);
  expect(nextDifference(rows, 5, 1)).toBe(-1);
  expect(nextDifference(rows, 5, -1)).toBe(2);
});

it('names a step by the spans of both sides', () => {
  expect(keyOf(pair('ab', 0))).toBe('ab-ab');
  expect(keyOf(pair('ab', 0, 'left_only'))).toBe('ab-');
});

const slower = (id: string, depth: number, by: number, tokens = 0): StepPair => ({
  ...pair(id, depth, 'same', { model: tokens === 0 ? '' : 'm' }), duration_difference: by, input_tokens_difference: tokens,
}); // prettier-ignore

it('blames a change of latency on the steps at the bottom, and of tokens on the calls', () => {
  const dearer = { ...slower('5', 1, 0), cost_difference: 0.002 };
  const changes = largestChanges([dearer, slower('1', 0, 90), slower('2', 1, -20, 7), slower('3', 1, 110), slower('4', 1, 1)], 2);
  expect(changes.map(({ key, what, by }) => [key, what, by])).toEqual([
    ['3-3', 'duration', 110],
    ['2-2', 'duration', -20],
    ['2-2', 'tokens', 7],
    ['5-5', 'cost', 0.002],
  ]);
});
