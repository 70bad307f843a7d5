import { describe, expect, it } from 'vitest';
import { chainSkeleton, skeletonOf } from './traceFixture';
import {
  PARENT_CYCLE,
  PARENT_MISSING,
  ROOT,
  buildTrace,
  findSpan,
  nameSpan,
  primaryRoot,
} from './tree';

describe('buildTrace', () => {
  it('puts every span before its children and its subtree in one run', () => {
    const trace = buildTrace(
      skeletonOf([
        { id: 'root', parent: -1, start: 0, length: 100 },
        { id: 'a', parent: 0, start: 10, length: 20 },
        { id: 'b', parent: 0, start: 40, length: 20 },
        { id: 'b1', parent: 2, start: 41, length: 2 },
        { id: 'a1', parent: 1, start: 42, length: 2 },
      ]),
    );
    expect(trace.spanId).toEqual(['root', 'a', 'a1', 'b', 'b1']);
    expect([...trace.depth]).toEqual([0, 1, 2, 1, 2]);
    expect([...trace.size]).toEqual([5, 2, 1, 2, 1]);
    expect([...trace.parent]).toEqual([ROOT, 0, 1, 0, 3]);
    expect([...trace.childCount]).toEqual([2, 1, 0, 1, 0]);
    expect(trace.maxDepth).toBe(2);
  });

  it('keeps a child that starts before its parent', () => {
    const trace = buildTrace(
      skeletonOf([
        { id: 'early', parent: 1, start: 0, length: 5 },
        { id: 'root', parent: -1, start: 1, length: 100 },
      ]),
    );
    expect(trace.spanId).toEqual(['root', 'early']);
  });

  it('shows a span whose parent has not arrived as a root that says so', () => {
    const trace = buildTrace(
      skeletonOf([
        { id: 'orphan', parent: -2, start: 0, length: 5 },
        { id: 'child', parent: 0, start: 1, length: 1 },
        { id: 'dangling', parent: 99, start: 2, length: 9 },
      ]),
    );
    expect([...trace.parent]).toEqual([PARENT_MISSING, 0, PARENT_MISSING]);
    expect(trace.spanId[primaryRoot(trace)]).toBe('dangling');
  });

  it('gives two spans with one id two rows and finds the first', () => {
    const trace = buildTrace(
      skeletonOf([
        { id: 'same', parent: -1, start: 0, length: 5 },
        { id: 'same', parent: 0, start: 1, length: 1 },
      ]),
    );
    expect(trace.count).toBe(2);
    expect(findSpan(trace, 'same')).toBe(0);
    expect(findSpan(trace, 'same', 1)).toBe(1);
    expect(findSpan(trace, 'same', 7)).toBe(0);
    expect(nameSpan(trace, 0)).toEqual({ spanId: 'same', nth: 0 });
    expect(nameSpan(trace, 1)).toEqual({ spanId: 'same', nth: 1 });
  });

  it('cuts a span that is its own parent', () => {
    const trace = buildTrace(skeletonOf([{ id: 'self', parent: 0, start: 0, length: 5 }]));
    expect([...trace.parent]).toEqual([PARENT_CYCLE]);
  });

  it('cuts a cycle and keeps every span once, also those that hang from it', () => {
    const trace = buildTrace(
      skeletonOf([
        { id: 'tail', parent: 1, start: 0, length: 1 },
        { id: 'x', parent: 2, start: 1, length: 5 },
        { id: 'y', parent: 3, start: 2, length: 5 },
        { id: 'z', parent: 1, start: 3, length: 5 },
        { id: 'root', parent: -1, start: 4, length: 5 },
      ]),
    );
    expect([...trace.spanId].toSorted()).toEqual(['root', 'tail', 'x', 'y', 'z']);
    expect([...trace.parent].filter((p) => p === PARENT_CYCLE)).toHaveLength(1);
    expect(trace.spanId[primaryRoot(trace)]).toBe('root');
    const x = findSpan(trace, 'x');
    expect(trace.parent[findSpan(trace, 'tail')]).toBe(x);
  });

  it('builds a chain 100,000 deep', () => {
    const trace = buildTrace(chainSkeleton(100_000));
    expect(trace.maxDepth).toBe(99_999);
    expect(trace.size[0]).toBe(100_000);
    expect(trace.size[99_999]).toBe(1);
  });

  it('sums errors up to the root', () => {
    const trace = buildTrace(
      skeletonOf([
        { id: 'root', parent: -1, start: 0, length: 9 },
        { id: 'a', parent: 0, start: 1, length: 1, status: 2 },
        { id: 'b', parent: 1, start: 1, length: 1, status: 2 },
        { id: 'c', parent: 0, start: 2, length: 1 },
      ]),
    );
    expect([...trace.subtreeErrors]).toEqual([2, 2, 1, 0]);
  });
});
