import { describe, expect, it } from 'vitest';
import {
  NOTHING_FOLDED,
  foldAll,
  foldOneLevel,
  listRows,
  nextWhere,
  reveal,
  rowOf,
  siblingOf,
  toggleFold,
  unfoldOneLevel,
  windowRows,
} from './rows';
import { chainSkeleton, skeletonOf } from './traceFixture';
import { buildTrace } from './tree';

/** root(a(a1, a2(a2x)), b), other: positions 0..6 */
const trace = buildTrace(
  skeletonOf([
    { id: 'root', parent: -1, start: 0, length: 100 },
    { id: 'a', parent: 0, start: 1, length: 10 },
    { id: 'a1', parent: 1, start: 2, length: 1 },
    { id: 'a2', parent: 1, start: 3, length: 1 },
    { id: 'a2x', parent: 3, start: 4, length: 1 },
    { id: 'b', parent: 0, start: 5, length: 1 },
    { id: 'other', parent: -2, start: 6, length: 1 },
  ]),
);

describe('listRows', () => {
  it('shows everything when nothing is folded', () => {
    expect([...listRows(trace, NOTHING_FOLDED)]).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('skips the subtree of a folded span', () => {
    expect([...listRows(trace, toggleFold(trace, NOTHING_FOLDED, 1))]).toEqual([0, 1, 5, 6]);
  });

  it('folds all, then opens one level at a time until nothing is folded', () => {
    let fold = foldAll();
    expect([...listRows(trace, fold)]).toEqual([0, 6]);
    fold = unfoldOneLevel(trace, fold);
    expect([...listRows(trace, fold)]).toEqual([0, 1, 5, 6]);
    fold = unfoldOneLevel(trace, fold);
    expect([...listRows(trace, fold)]).toEqual([0, 1, 2, 3, 5, 6]);
    fold = unfoldOneLevel(trace, fold);
    expect(fold).toBe(NOTHING_FOLDED);
  });

  it('folds one level at a time from the deepest', () => {
    let fold = foldOneLevel(trace, NOTHING_FOLDED);
    expect([...listRows(trace, fold)]).toEqual([0, 1, 2, 3, 5, 6]);
    fold = foldOneLevel(trace, fold);
    expect([...listRows(trace, fold)]).toEqual([0, 1, 5, 6]);
  });

  it('opens a single span inside a folded level', () => {
    expect([...listRows(trace, toggleFold(trace, foldAll(), 0))]).toEqual([0, 1, 5, 6]);
  });

  it('reveals a span by opening its ancestors and no other', () => {
    const fold = reveal(trace, foldAll(), 4);
    expect([...listRows(trace, fold)]).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(reveal(trace, NOTHING_FOLDED, 4)).toBe(NOTHING_FOLDED);
  });

  it('lists 100,000 nested rows', () => {
    const deep = buildTrace(chainSkeleton(100_000));
    expect(listRows(deep, NOTHING_FOLDED)).toHaveLength(100_000);
  });
});

describe('rowOf', () => {
  it('finds a row, or the folded ancestor that stands for it', () => {
    const rows = listRows(trace, toggleFold(trace, NOTHING_FOLDED, 1));
    expect(rowOf(rows, 5)).toBe(2);
    expect(rowOf(rows, 4)).toBe(1);
    expect(rowOf(new Int32Array(0), 3)).toBe(-1);
  });
});

describe('windowRows', () => {
  it('covers the viewport, cut rows included', () => {
    expect(windowRows(0, 100, 24, 1000)).toEqual({ first: 0, last: 5, offset: 0 });
    expect(windowRows(30, 100, 24, 1000)).toEqual({ first: 1, last: 6, offset: -6 });
  });

  it('stops at the last row and ignores scrolling past it', () => {
    expect(windowRows(99_999, 96, 24, 10)).toEqual({ first: 6, last: 10, offset: 0 });
    expect(windowRows(50, 400, 24, 3)).toEqual({ first: 0, last: 3, offset: 0 });
    expect(windowRows(0, 400, 24, 0)).toEqual({ first: 0, last: 0, offset: 0 });
  });
});

describe('siblingOf', () => {
  it('steps over subtrees and stops at the ends', () => {
    expect(siblingOf(trace, 1, 1)).toBe(5);
    expect(siblingOf(trace, 5, 1)).toBe(5);
    expect(siblingOf(trace, 5, -1)).toBe(1);
    expect(siblingOf(trace, 1, -1)).toBe(1);
    expect(siblingOf(trace, 0, 1)).toBe(6);
    expect(siblingOf(trace, 6, -1)).toBe(0);
  });
});

describe('nextWhere', () => {
  it('goes round and answers -1 when nothing fits', () => {
    expect(nextWhere(7, 5, 1, (p) => p === 2)).toBe(2);
    expect(nextWhere(7, 2, -1, (p) => p > 3)).toBe(6);
    expect(nextWhere(7, 2, 1, () => false)).toBe(-1);
    expect(nextWhere(7, -1, 1, () => true)).toBe(0);
  });
});
