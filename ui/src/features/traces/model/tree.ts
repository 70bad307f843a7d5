/**
 * A trace as columns in pre-order: position p holds a span, and its subtree is exactly [p, p + size[p]).
 *
 * Every pass is a loop over typed arrays, so depth is bounded by memory only and a span that is its own
 * ancestor is cut at the cycle, not followed.
 */
import type { Skeleton } from '../../../api/types';

export const ROOT = -1;
/** The parent is named by the span but has not arrived. */
export const PARENT_MISSING = -2;
/** The span's ancestors lead back to itself; it is shown as a root. */
export const PARENT_CYCLE = -3;

export const STATUS_ERROR = 2;

export interface Trace {
  id: string;
  startUnixNano: string;
  /** Of the timeline, at least 1, so that it has a width. */
  duration: number;
  /** As measured; 0 where everything happened in one instant. */
  lasted: number;
  spanCount: number;
  shownSpanCount: number;
  errorCount: number;
  services: string[];
  names: string[];
  operations: string[];
  models: string[];
  /** Number of positions; all columns below have this length. */
  count: number;
  spanId: string[];
  /** Position of the parent, or ROOT, PARENT_MISSING, PARENT_CYCLE. */
  parent: Int32Array;
  depth: Int32Array;
  size: Int32Array;
  childCount: Int32Array;
  maxDepth: number;
  name: Int32Array;
  service: Int32Array;
  /** Nanoseconds after the trace's start; exact up to 2^53, 104 days. */
  start: Float64Array;
  span: Float64Array;
  status: Uint8Array;
  kind: Uint8Array;
  eventCount: Int32Array;
  operation: Int32Array;
  model: Int32Array;
  inputTokens: Float64Array;
  outputTokens: Float64Array;
  cachedTokens: Float64Array;
  /** USD of the span's own usage, NaN where there is no price. */
  cost: Float64Array;
  /** 1 where the span's own usage is added to totals. */
  counted: Uint8Array;
  /** Positions in the order of their start. */
  byStart: Int32Array;
  /** Errors in the subtree, the span itself included. */
  subtreeErrors: Int32Array;
}

export function buildTrace(skeleton: Skeleton): Trace {
  const columns = skeleton.spans;
  const count = columns.span_id.length;
  const forest = orderForest(columns.parent, count);
  const { order, parent, depth, size, childCount } = forest;
  const status = Uint8Array.from(order, (i) => columns.status[i]!);
  return {
    id: skeleton.trace_id,
    startUnixNano: skeleton.start_time_unix_nano,
    duration: Math.max(skeleton.duration_nano, 1),
    lasted: skeleton.duration_nano,
    spanCount: skeleton.span_count,
    shownSpanCount: skeleton.shown_span_count,
    errorCount: skeleton.error_count,
    services: skeleton.services,
    names: skeleton.names,
    operations: skeleton.operations,
    models: skeleton.models,
    count,
    spanId: Array.from(order, (i) => columns.span_id[i]!),
    parent,
    depth,
    size,
    childCount,
    maxDepth: forest.maxDepth,
    name: Int32Array.from(order, (i) => columns.name[i]!),
    service: Int32Array.from(order, (i) => columns.service[i]!),
    start: Float64Array.from(order, (i) => columns.start[i]!),
    span: Float64Array.from(order, (i) => columns.duration[i]!),
    status,
    kind: Uint8Array.from(order, (i) => columns.kind[i]!),
    eventCount: Int32Array.from(order, (i) => columns.event_count[i]!),
    operation: Int32Array.from(order, (i) => columns.operation[i]!),
    model: Int32Array.from(order, (i) => columns.model[i]!),
    ...readUsage(columns, order),
    byStart: forest.positionOf,
    subtreeErrors: sumErrors(parent, status),
  };
}

function readUsage(columns: Skeleton['spans'], order: Int32Array) {
  return {
    inputTokens: Float64Array.from(order, (i) => columns.input_tokens[i]!),
    outputTokens: Float64Array.from(order, (i) => columns.output_tokens[i]!),
    cachedTokens: Float64Array.from(order, (i) => columns.cache_read_tokens[i]!),
    cost: Float64Array.from(order, (i) => columns.cost[i] ?? NaN),
    counted: Uint8Array.from(order, (i) => (columns.counted[i] ? 1 : 0)),
  };
}

interface Forest {
  order: Int32Array;
  /** Position of each span of the input. */
  positionOf: Int32Array;
  parent: Int32Array;
  depth: Int32Array;
  size: Int32Array;
  childCount: Int32Array;
  maxDepth: number;
}

/** Children keep the order of the input (start time, then span id), so siblings need no sort. */
function orderForest(given: ArrayLike<number>, count: number): Forest {
  const source = validParents(given, count);
  const { first, children } = groupChildren(source, count);
  const order = new Int32Array(count);
  const positionOf = new Int32Array(count).fill(-1);
  const stack = new Int32Array(count + 1);
  let filled = 0;

  const walk = (root: number) => {
    let top = 0;
    stack[top++] = root;
    while (top > 0) {
      const index = stack[--top]!;
      if (positionOf[index] !== -1) continue;
      positionOf[index] = filled;
      order[filled++] = index;
      for (let c = first[index + 1]! - 1; c >= first[index]!; c--) {
        const child = children[c]!;
        if (positionOf[child] === -1) stack[top++] = child;
      }
    }
  };

  for (let i = 0; i < count; i++) if (source[i]! < 0) walk(i);
  if (filled < count) {
    const stamp = new Int32Array(count).fill(-1);
    for (let i = 0; i < count; i++) {
      if (positionOf[i] !== -1) continue;
      const entry = findOnCycle(i, source, stamp);
      source[entry] = PARENT_CYCLE;
      walk(entry);
    }
  }
  return measure(order, positionOf, source, count);
}

function validParents(given: ArrayLike<number>, count: number): Int32Array {
  const source = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const parent = given[i]!;
    source[i] = parent === i ? PARENT_CYCLE : parent >= count ? PARENT_MISSING : parent;
  }
  return source;
}

/** Children of i are children[first[i] .. first[i + 1]). */
function groupChildren(source: Int32Array, count: number) {
  const first = new Int32Array(count + 2);
  for (let i = 0; i < count; i++) if (source[i]! >= 0) first[source[i]! + 1]!++;
  for (let i = 0; i < count; i++) first[i + 1]! += first[i]!;
  const next = first.slice(0, count);
  const children = new Int32Array(first[count]!);
  for (let i = 0; i < count; i++) {
    const parent = source[i]!;
    if (parent >= 0) children[next[parent]!++] = i;
  }
  return { first, children };
}

/** An unreached span has an endless chain of ancestors; the first one met twice lies on the cycle. */
function findOnCycle(from: number, source: Int32Array, stamp: Int32Array): number {
  let at = from;
  while (stamp[at] !== from) {
    stamp[at] = from;
    at = source[at]!;
  }
  return at;
}

function measure(order: Int32Array, positionOf: Int32Array, source: Int32Array, count: number): Forest {
  const parent = new Int32Array(count);
  const depth = new Int32Array(count);
  const size = new Int32Array(count).fill(1);
  const childCount = new Int32Array(count);
  let maxDepth = 0;
  for (let p = 0; p < count; p++) {
    const up = source[order[p]!]!;
    parent[p] = up < 0 ? up : positionOf[up]!;
    if (up < 0) continue;
    const above = parent[p]!;
    depth[p] = depth[above]! + 1;
    childCount[above]!++;
    if (depth[p]! > maxDepth) maxDepth = depth[p]!;
  }
  // A parent stands before its children, so walking back adds every subtree once.
  for (let p = count - 1; p > 0; p--) if (parent[p]! >= 0) size[parent[p]!]! += size[p]!;
  return { order, positionOf, parent, depth, size, childCount, maxDepth };
}

function sumErrors(parent: Int32Array, status: Uint8Array): Int32Array {
  const errors = new Int32Array(parent.length);
  for (let p = parent.length - 1; p >= 0; p--) {
    if (status[p] === STATUS_ERROR) errors[p]!++;
    if (parent[p]! >= 0) errors[parent[p]!]! += errors[p]!;
  }
  return errors;
}

/** First root that is a real one, else the longest span without a parent; -1 only for an empty trace. */
export function primaryRoot(trace: Trace): number {
  let longest = -1;
  for (let p = 0; p < trace.count; p += trace.size[p]!) {
    if (trace.parent[p] === ROOT) return p;
    if (longest < 0 || trace.span[p]! > trace.span[longest]!) longest = p;
  }
  return longest;
}

/** True while no span without a parent id has arrived. */
export function isRootMissing(trace: Trace): boolean {
  const root = primaryRoot(trace);
  return root < 0 || trace.parent[root] !== ROOT;
}

/** Position of the nth span with this id: senders have used an id twice. The first where there are fewer. */
export function findSpan(trace: Trace, spanId: string | null, nth = 0): number {
  if (spanId === null) return -1;
  const first = trace.spanId.indexOf(spanId);
  let p = first;
  for (let left = nth; left > 0 && p >= 0; left--) p = trace.spanId.indexOf(spanId, p + 1);
  return p >= 0 ? p : first;
}

/** How the span at p is found again: its id, and how many before it have the same. */
export function nameSpan(trace: Trace, p: number): { spanId: string; nth: number } {
  const spanId = trace.spanId[p]!;
  let nth = 0;
  for (let q = trace.spanId.indexOf(spanId); q < p; q = trace.spanId.indexOf(spanId, q + 1)) nth++;
  return { spanId, nth };
}
