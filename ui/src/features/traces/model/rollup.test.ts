import { describe, expect, it } from 'vitest';
import { rollUp, totalsAt, totalsOf } from './rollup';
import { chainSkeleton, skeletonOf } from './traceFixture';
import { buildTrace } from './tree';

describe('self time', () => {
  it('is what no child covers; side-by-side children and what they do after the parent count once or not', () => {
    const trace = buildTrace(
      skeletonOf([
        { id: 'root', parent: -1, start: 0, length: 100 },
        { id: 'a', parent: 0, start: 10, length: 30 },
        { id: 'b', parent: 0, start: 20, length: 40 },
        { id: 'within b', parent: 2, start: 25, length: 5 },
        { id: 'late', parent: 0, start: 90, length: 50 },
        { id: 'after', parent: 0, start: 120, length: 5 },
      ]),
    );
    expect([...rollUp(trace).self]).toEqual([40, 30, 35, 5, 50, 5]);
  });

  it('is never negative for a child that begins before its parent', () => {
    const trace = buildTrace(
      skeletonOf([
        { id: 'early', parent: 1, start: 0, length: 50 },
        { id: 'root', parent: -1, start: 10, length: 20 },
      ]),
    );
    expect([...rollUp(trace).self]).toEqual([0, 50]);
  });
});

describe('usage of a subtree', () => {
  const skeleton = skeletonOf([
    { id: 'agent', parent: -1, start: 0, length: 100, input: 300, output: 30 },
    { id: 'chat1', parent: 0, start: 1, length: 9, input: 100, output: 10 },
    { id: 'tool', parent: 0, start: 20, length: 9 },
    { id: 'chat2', parent: 2, start: 21, length: 9, input: 200, output: 20 },
    { id: 'alone', parent: -2, start: 50, length: 9, input: 7, output: 1 },
  ]);

  it('counts model calls and not the agent that sums them up', () => {
    const trace = buildTrace(skeleton);
    const rollup = rollUp(trace);
    expect([...rollup.input]).toEqual([300, 100, 200, 200, 7]);
    expect([...rollup.calls]).toEqual([2, 1, 1, 1, 1]);
    expect(totalsOf(trace, rollup)).toMatchObject({ input: 307, output: 31, calls: 3 });
  });

  it('says how many calls its cost lacks', () => {
    const spans = { ...skeleton.spans, cost: [0.9, 0.25, null, null, 0.5], counted: [false, true, false, true, true] };
    const trace = buildTrace({ ...skeleton, spans });
    const rollup = rollUp(trace);
    expect(totalsAt(rollup, 0)).toMatchObject({ cost: 0.25, calls: 2, unpriced: 1 });
    expect(totalsOf(trace, rollup)).toMatchObject({ cost: 0.75, calls: 3, unpriced: 1 });
  });
});

it('adds up 100,000 nested spans', () => {
  const rollup = rollUp(buildTrace(chainSkeleton(100_000)));
  expect(rollup.self[0]).toBe(200_000 - 199_998);
});
