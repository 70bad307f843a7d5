/**
 * Which spans are rows: pre-order positions with the subtrees of folded spans skipped, log records between them
 * where these are asked for, and the window of rows on screen.
 */
import type { PlacedLogs } from './logs';
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

export interface Rows {
  count: number;
  /** The span of a row; of a log record's row the span it belongs to, -1 where that is not here. */
  span: Int32Array;
  /** Index of the log record, -1 in the row of a span; null: there are only spans. */
  log: Int32Array | null;
  /** The last span listed down to a row. It never descends, so a binary search finds a span's row. */
  reach: Int32Array;
}

export function listRows(trace: Trace, fold: Fold, logs: PlacedLogs | null = null): Rows {
  if (logs && logs.count > 0) return listRowsWithLogs(trace, fold, logs);
  const rows = new Int32Array(trace.count);
  let filled = 0;
  let p = 0;
  while (p < trace.count) {
    rows[filled++] = p;
    p += isFolded(trace, fold, p) ? trace.size[p]! : 1;
  }
  const span = rows.subarray(0, filled);
  return { count: filled, span, log: null, reach: span };
}

/** A record stands below its span, before the first child that begins after it; a folded span hides its own too. */
function listRowsWithLogs(trace: Trace, fold: Fold, logs: PlacedLogs): Rows {
  const total = trace.count + logs.count;
  const rows = { span: new Int32Array(total), log: new Int32Array(total), reach: new Int32Array(total) };
  const next = logs.first.slice(0, -1);
  const open = new Int32Array(trace.maxDepth + 1);
  let depth = 0;
  let filled = 0;
  let reached = -1;
  const put = (span: number, log: number) => {
    rows.span[filled] = span;
    rows.log[filled] = log;
    rows.reach[filled++] = reached;
  };
  const putLogs = (owner: number, until: number) => {
    const end = logs.first[owner + 2]!;
    for (let at = next[owner + 1]!; at < end && logs.start[logs.byOwner[at]!]! < until; at = ++next[owner + 1]!) {
      put(owner, logs.byOwner[at]!);
    }
  };
  const closeUntil = (p: number) => {
    while (depth > 0 && open[depth - 1]! + trace.size[open[depth - 1]!]! <= p) putLogs(open[--depth]!, Infinity);
  };
  let p = 0;
  while (p < trace.count) {
    closeUntil(p);
    putLogs(depth > 0 ? open[depth - 1]! : -1, trace.start[p]!);
    reached = p;
    put(p, -1);
    if (isFolded(trace, fold, p)) p += trace.size[p]!;
    else open[depth++] = p++;
  }
  closeUntil(Infinity);
  putLogs(-1, Infinity);
  return {
    count: filled,
    span: rows.span.subarray(0, filled),
    log: rows.log.subarray(0, filled),
    reach: rows.reach.subarray(0, filled),
  };
}

/** Row of position p, or of its nearest ancestor that has one; -1 when there are no rows. */
export function rowOf({ count, reach }: Rows, p: number): number {
  const last = lastUpTo(reach, count, p);
  // Log records that follow a span's row reach as far as the span.
  return last < 0 ? Math.min(count, 1) - 1 : lastUpTo(reach, count, reach[last]! - 1) + 1;
}

/** Row of a log record; -1 while it has none. */
export function rowOfLog(rows: Rows, log: number): number {
  return rows.log && log >= 0 ? rows.log.indexOf(log) : -1;
}

function lastUpTo(reach: Int32Array, count: number, p: number): number {
  let low = -1;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (reach[middle]! <= p) low = middle;
    else high = middle - 1;
  }
  return low;
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
