/**
 * Which spans are rows: pre-order positions with the subtrees of folded spans skipped, and the window of
 * them on screen.
 */
import type { Trace } from './tree';

/**
 * Folding in few words, so that it fits a URL: every span at `level` or deeper is folded (null: none), and
 * the span ids in `toggled` are the other way round.
 */
export interface Fold {
  level: number | null;
  toggled: ReadonlySet<string>;
}

export const NOTHING_FOLDED: Fold = { level: null, toggled: new Set() };

export function isFolded(trace: Trace, fold: Fold, p: number): boolean {
  if (trace.childCount[p] === 0) return false;
  const byLevel = fold.level !== null && trace.depth[p]! >= fold.level;
  return fold.toggled.size > 0 && fold.toggled.has(trace.spanId[p]!) ? !byLevel : byLevel;
}

export function toggleFold(trace: Trace, fold: Fold, p: number): Fold {
  if (trace.childCount[p] === 0) return fold;
  const toggled = new Set(fold.toggled);
  const id = trace.spanId[p]!;
  if (!toggled.delete(id)) toggled.add(id);
  return { ...fold, toggled };
}

export function foldAll(): Fold {
  return { level: 0, toggled: new Set() };
}

export function foldOneLevel(trace: Trace, fold: Fold): Fold {
  const deepest = Math.max(trace.maxDepth - 1, 0);
  const level = fold.level === null ? deepest : Math.max(Math.min(fold.level, deepest + 1) - 1, 0);
  return { level, toggled: new Set() };
}

export function unfoldOneLevel(trace: Trace, fold: Fold): Fold {
  if (fold.level === null) return NOTHING_FOLDED;
  const level = fold.level + 1;
  return level >= trace.maxDepth ? NOTHING_FOLDED : { level, toggled: new Set() };
}

/** Opens every ancestor of p, so that it has a row. */
export function reveal(trace: Trace, fold: Fold, p: number): Fold {
  let opened = fold;
  for (let up = trace.parent[p]!; up >= 0; up = trace.parent[up]!) {
    if (isFolded(trace, opened, up)) opened = toggleFold(trace, opened, up);
  }
  return opened;
}

export function listRows(trace: Trace, fold: Fold): Int32Array {
  const rows = new Int32Array(trace.count);
  let filled = 0;
  let p = 0;
  while (p < trace.count) {
    rows[filled++] = p;
    p += isFolded(trace, fold, p) ? trace.size[p]! : 1;
  }
  return rows.subarray(0, filled);
}

/** Row of position p, or of its nearest ancestor that has one. Rows ascend, so a binary search finds it. */
export function rowOf(rows: Int32Array, p: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rows[middle]! <= p) low = middle;
    else high = middle - 1;
  }
  return rows.length === 0 ? -1 : low;
}

export interface RowWindow {
  first: number;
  /** Exclusive. */
  last: number;
  /** Pixels between the top of the viewport and the first row; never positive. */
  offset: number;
}

/** Rows that a viewport touches; one row more than fits, because scrolling cuts the first and last. */
export function windowRows(scrollTop: number, height: number, rowHeight: number, rowCount: number): RowWindow {
  const furthest = Math.max(rowCount * rowHeight - height, 0);
  const top = Math.min(Math.max(scrollTop, 0), furthest);
  const first = Math.floor(top / rowHeight);
  const last = Math.min(Math.ceil((top + height) / rowHeight), rowCount);
  return { first: Math.min(first, rowCount), last, offset: first * rowHeight - top };
}

/** Position of the sibling after (+1) or before (-1) p, or p itself. Siblings of a root are roots. */
export function siblingOf(trace: Trace, p: number, step: 1 | -1): number {
  const parent = trace.parent[p]!;
  if (step === 1) {
    const next = p + trace.size[p]!;
    const end = parent >= 0 ? parent + trace.size[parent]! : trace.count;
    return next < end ? next : p;
  }
  let at = parent >= 0 ? parent + 1 : 0;
  let previous = p;
  while (at < p) {
    previous = at;
    at += trace.size[at]!;
  }
  return previous;
}

/** Next position after `from` for which `wanted` holds, going round; -1 when there is none. */
export function nextWhere(count: number, from: number, step: 1 | -1, wanted: (p: number) => boolean): number {
  for (let moved = 1; moved <= count; moved++) {
    const p = (((from + step * moved) % count) + count) % count;
    if (wanted(p)) return p;
  }
  return -1;
}
