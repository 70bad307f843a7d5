import { describe, expect, it } from 'vitest';
import {
  NOTHING_FOLDED,
  type Fold,
  foldAll,
  foldOneLevel,
  listRows,
  nextWhere,
  reveal,
  rowOf,
  rowOfLog,
  siblingOf,
  toggleFold,
  unfoldOneLevel,
  windowRows,
} from './rows';
import { placeLogs } from './logs';
import { chainSkeleton, skeletonOf } from './traceFixture';
import { buildTrace, type Trace } from './tree';

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

const spans = (of: Trace, fold: Fold) => [...listRows(of, fold).span];

describe('listRows', () => {
  it('shows everything when nothing is folded', () => {
    expect(spans(trace, NOTHING_FOLDED)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('skips the subtree of a folded span', () => {
    expect(spans(trace, toggleFold(trace, NOTHING_FOLDED, 1))).toEqual([0, 1, 5, 6]);
  });

  it('folds all, then opens one level at a time until nothing is folded', () => {
    let fold = foldAll();
    expect(spans(trace, fold)).toEqual([0, 6]);
    fold = unfoldOneLevel(trace, fold);
    expect(spans(trace, fold)).toEqual([0, 1, 5, 6]);
    fold = unfoldOneLevel(trace, fold);
    expect(spans(trace, fold)).toEqual([0, 1, 2, 3, 5, 6]);
    fold = unfoldOneLevel(trace, fold);
    expect(fold).toBe(NOTHING_FOLDED);
  });

  it('folds one level at a time from the deepest', () => {
    let fold = foldOneLevel(trace, NOTHING_FOLDED);
    expect(spans(trace, fold)).toEqual([0, 1, 2, 3, 5, 6]);
    fold = foldOneLevel(trace, fold);
    expect(spans(trace, fold)).toEqual([0, 1, 5, 6]);
  });

  it('opens a single span inside a folded level', () => {
    expect(spans(trace, toggleFold(trace, foldAll(), 0))).toEqual([0, 1, 5, 6]);
  });

  it('reveals a span by opening its ancestors and no other', () => {
    const fold = reveal(trace, foldAll(), 4);
    expect(spans(trace, fold)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(reveal(trace, NOTHING_FOLDED, 4)).toBe(NOTHING_FOLDED);
  });

  it('lists 100,000 nested rows', () => {
    const deep = buildTrace(chainSkeleton(100_000));
    expect(listRows(deep, NOTHING_FOLDED).count).toBe(100_000);
  });
});

describe('rowOf', () => {
  it('finds a row, or the folded ancestor that stands for it', () => {
    const rows = listRows(trace, toggleFold(trace, NOTHING_FOLDED, 1));
    expect(rowOf(rows, 5)).toBe(2);
    expect(rowOf(rows, 4)).toBe(1);
    expect(rowOf(listRows(buildTrace(skeletonOf([])), NOTHING_FOLDED), 3)).toBe(-1);
  });
});

const record = (span_id: string, start: number) => ({ span_id, start, time_unix_nano: String(start) });

describe('log records between the rows', () => {
  const logs = placeLogs(trace, [
    record('root', 0.5), record('a', 2.5), record('nowhere', 2.7), record('root', 4), record('root', 50), record('b', 5.5),
  ]); // prettier-ignore
  const shown = (fold: Fold) => {
    const { count, span, log } = listRows(trace, fold, logs);
    return Array.from({ length: count }, (_, row) => (log![row]! < 0 ? trace.spanId[span[row]!]! : `${log![row]} of ${span[row]}`));
  };

  it('stand below their span in the order of time', () => {
    expect(shown(NOTHING_FOLDED)).toEqual([
      'root', '0 of 0', 'a', 'a1', '1 of 1', 'a2', 'a2x', '3 of 0', 'b', '5 of 5', '4 of 0', '2 of -1', 'other',
    ]); // prettier-ignore
  });

  it('are hidden with a folded span', () => {
    expect(shown(toggleFold(trace, NOTHING_FOLDED, 1))).toEqual([
      'root', '0 of 0', 'a', '3 of 0', 'b', '5 of 5', '4 of 0', '2 of -1', 'other',
    ]); // prettier-ignore
    expect(shown(foldAll())).toEqual(['root', '2 of -1', 'other']);
  });

  it('do not hide which row a span has', () => {
    const rows = listRows(trace, toggleFold(trace, NOTHING_FOLDED, 1), logs);
    expect([0, 1, 4, 5, 6].map((p) => rowOf(rows, p))).toEqual([0, 2, 2, 4, 8]);
    expect([rowOfLog(rows, 4), rowOfLog(rows, 1)]).toEqual([6, -1]);
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
