import { describe, expect, it } from 'vitest';
import { findCriticalPath, firstOf } from './criticalPath';
import { chainSkeleton, skeletonOf, type SpanLine } from './traceFixture';
import { buildTrace } from './tree';

function pathOf(lines: SpanLine[]) {
  const trace = buildTrace(skeletonOf(lines));
  const path = findCriticalPath(trace, 0);
  return {
    total: path.total,
    stretches: [...path.owner].map((owner, i) => `${trace.spanId[owner]} ${path.from[i]}-${path.to[i]}`),
  };
}

describe('findCriticalPath', () => {
  it('is the span itself when it has no children', () => {
    expect(pathOf([{ id: 'root', parent: -1, start: 0, length: 10 }]).stretches).toEqual(['root 0-10']);
  });

  it('alternates between the span and children that run one after the other', () => {
    const { stretches, total } = pathOf([
      { id: 'root', parent: -1, start: 0, length: 100 },
      { id: 'a', parent: 0, start: 10, length: 30 },
      { id: 'b', parent: 0, start: 50, length: 40 },
    ]);
    expect(stretches).toEqual(['root 0-10', 'root 40-50', 'root 90-100', 'a 10-40', 'b 50-90']);
    expect(total).toBe(100);
  });

  it('takes the child that ended last of those in parallel', () => {
    const { stretches } = pathOf([
      { id: 'root', parent: -1, start: 0, length: 100 },
      { id: 'quick', parent: 0, start: 10, length: 20 },
      { id: 'slow', parent: 0, start: 10, length: 80 },
    ]);
    expect(stretches).toEqual(['root 0-10', 'root 90-100', 'slow 10-90']);
  });

  it('does not wait for a child that overlaps the start of the one waited for', () => {
    const { stretches, total } = pathOf([
      { id: 'root', parent: -1, start: 0, length: 100 },
      { id: 'first', parent: 0, start: 0, length: 30 },
      { id: 'across', parent: 0, start: 20, length: 40 },
      { id: 'last', parent: 0, start: 50, length: 50 },
    ]);
    expect(stretches).toEqual(['root 30-50', 'first 0-30', 'last 50-100']);
    expect(total).toBe(100);
  });

  it('counts a child that outlives its parent up to the end of the parent', () => {
    const { stretches, total } = pathOf([
      { id: 'root', parent: -1, start: 0, length: 50 },
      { id: 'async', parent: 0, start: 40, length: 100 },
    ]);
    expect(stretches).toEqual(['root 0-40', 'async 40-50']);
    expect(total).toBe(50);
  });

  it('ignores a child that lies outside its parent', () => {
    expect(
      pathOf([
        { id: 'root', parent: -1, start: 10, length: 10 },
        { id: 'later', parent: 0, start: 30, length: 5 },
      ]).stretches,
    ).toEqual(['root 10-20']);
  });

  it('adds up to the duration of the root down a chain 100,000 deep', () => {
    const trace = buildTrace(chainSkeleton(100_000));
    const path = findCriticalPath(trace, 0);
    expect(path.total).toBe(200_000);
    expect(firstOf(path, 5)).toBeGreaterThanOrEqual(5);
    expect(path.owner[firstOf(path, 5)]).toBe(5);
  });

  it('is empty for a trace without that span', () => {
    const trace = buildTrace(chainSkeleton(3));
    expect(findCriticalPath(trace, -1).owner).toHaveLength(0);
  });
});
