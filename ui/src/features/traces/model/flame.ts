/**
 * The rows of spans as an icicle: a span lies in a band below its parent's, and all below it lie below it.
 *
 * Siblings that run side by side get lanes, one lane's subtrees above the next one's, so no bar covers another. Only
 * rows (spans that no folded ancestor hides) are laid out; every pass is a loop, O(n log n) for any shape.
 */
import type { Rows } from './rows';
import type { Trace } from './tree';

export interface Flame {
  /** Number of bands. */
  height: number;
  /** Band of each position; -1 where the span is hidden. */
  band: Int32Array;
  /** Positions of band b are spans[first[b] .. first[b + 1]], by start. */
  first: Int32Array;
  spans: Int32Array;
}

export function layoutFlame(trace: Trace, rows: Rows): Flame {
  const shown = rows.log ? rows.span.filter((_, row) => rows.log![row]! < 0) : rows.span;
  const extent = measureExtents(trace, shown);
  const blocks = groupByParent(trace, shown);
  /** Bands that the subtree takes; relative to its parent's band until the second pass. */
  const tall = new Int32Array(trace.count).fill(1);
  const band = new Int32Array(trace.count).fill(-1);
  // Backwards: every child's height is known when its parent stacks them.
  for (let i = shown.length - 1; i >= 0; i--) {
    const p = shown[i]!;
    const children = blocks.childrenOf(p);
    if (children.length > 0) tall[p] = 1 + stack(children, extent, tall, band);
  }
  const height = stack(blocks.childrenOf(-1), extent, tall, band);
  for (const p of shown) {
    const parent = trace.parent[p]!;
    if (parent >= 0) band[p]! += band[parent]! + 1;
  }
  return { height, band, ...groupByBand(trace, shown, band, height) };
}

interface Extent {
  from: Float64Array;
  to: Float64Array;
}

/** From when to when a subtree runs; an instant takes a nanosecond, so that two of them do not share a place. */
function measureExtents(trace: Trace, shown: Int32Array): Extent {
  const from = trace.start.slice();
  const to = trace.start.map((start, p) => start + Math.max(trace.span[p]!, 1));
  for (let i = shown.length - 1; i >= 0; i--) {
    const p = shown[i]!;
    const parent = trace.parent[p]!;
    if (parent < 0) continue;
    if (from[p]! < from[parent]!) from[parent] = from[p]!;
    if (to[p]! > to[parent]!) to[parent] = to[p]!;
  }
  return { from, to };
}

function groupByParent(trace: Trace, shown: Int32Array) {
  const first = new Int32Array(trace.count + 2);
  const groupOf = (p: number) => Math.max(trace.parent[p]!, -1) + 1;
  for (const p of shown) first[groupOf(p) + 1]!++;
  for (let i = 1; i < first.length; i++) first[i]! += first[i - 1]!;
  const next = first.slice();
  const children = new Int32Array(shown.length);
  for (const p of shown) children[next[groupOf(p)]!++] = p;
  return { childrenOf: (parent: number) => children.subarray(first[parent + 1]!, first[parent + 2]!) };
}

/** Puts siblings into the topmost free lanes; their `band` becomes the lane's offset. Returns the bands of all lanes. */
function stack(siblings: Int32Array, { from, to }: Extent, tall: Int32Array, band: Int32Array): number {
  if (siblings.length === 1) {
    band[siblings[0]!] = 0;
    return tall[siblings[0]!]!;
  }
  const ordered = siblings.some((p, i) => i > 0 && from[p]! < from[siblings[i - 1]!]!)
    ? siblings.toSorted((a, b) => from[a]! - from[b]! || a - b)
    : siblings;
  const laneHeight: number[] = [];
  const busy = new Heap<{ lane: number; to: number }>((a, b) => a.to - b.to);
  const free = new Heap<number>((a, b) => a - b);
  for (const p of ordered) {
    while (busy.size > 0 && busy.top.to <= from[p]!) free.push(busy.pop().lane);
    const lane = free.size > 0 ? free.pop() : laneHeight.push(0) - 1;
    busy.push({ lane, to: to[p]! });
    band[p] = lane;
    laneHeight[lane] = Math.max(laneHeight[lane]!, tall[p]!);
  }
  let total = 0;
  const offset = laneHeight.map((height) => (total += height) - height);
  for (const p of ordered) band[p] = offset[band[p]!]!;
  return total;
}

/** A binary heap: 100,000 siblings that run side by side take 100,000 lanes. */
class Heap<T> {
  private readonly items: T[] = [];
  constructor(private readonly compare: (a: T, b: T) => number) {}

  get size(): number {
    return this.items.length;
  }

  get top(): T {
    return this.items[0]!;
  }

  push(item: T): void {
    const { items, compare } = this;
    let at = items.push(item) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (compare(items[up]!, item) <= 0) break;
      items[at] = items[up]!;
      at = up;
    }
    items[at] = item;
  }

  pop(): T {
    const { items, compare } = this;
    const top = items[0]!;
    const item = items.pop()!;
    if (items.length === 0) return top;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= items.length) break;
      if (down + 1 < items.length && compare(items[down + 1]!, items[down]!) < 0) down++;
      if (compare(item, items[down]!) <= 0) break;
      items[at] = items[down]!;
      at = down;
    }
    items[at] = item;
    return top;
  }
}

function groupByBand(trace: Trace, shown: Int32Array, band: Int32Array, height: number) {
  const first = new Int32Array(height + 1);
  for (const p of shown) first[band[p]! + 1]!++;
  for (let b = 0; b < height; b++) first[b + 1]! += first[b]!;
  const next = first.slice();
  const spans = new Int32Array(shown.length);
  for (const p of shown) spans[next[band[p]!]!++] = p;
  for (let b = 0; b < height; b++) {
    const inBand = spans.subarray(first[b]!, first[b + 1]!);
    // Pre-order is the order of time but for subtrees in lanes.
    if (inBand.some((p, i) => i > 0 && trace.start[p]! < trace.start[inBand[i - 1]!]!)) {
      inBand.sort((one, other) => trace.start[one]! - trace.start[other]!);
    }
  }
  return { first, spans };
}

/** The span drawn at a band and a place of the axis, within `slack` of it; -1 where there is none. */
export function spanAt(flame: Flame, start: Float64Array, length: Float64Array, band: number, place: number, slack: number): number {
  if (band < 0 || band >= flame.height) return -1;
  let low = flame.first[band]!;
  let high = flame.first[band + 1]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (start[flame.spans[middle]!]! <= place + slack) low = middle + 1;
    else high = middle;
  }
  const p = flame.spans[low - 1];
  return p !== undefined && low > flame.first[band]! && start[p]! + length[p]! >= place - slack ? p : -1;
}
