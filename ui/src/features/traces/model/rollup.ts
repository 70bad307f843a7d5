/**
 * What the spans of each subtree come to: one pass for self times, one for sums.
 *
 * Agents and wrappers repeat the usage of the model calls below them, so only `counted` spans add tokens and cost; with
 * them every total equals the sum of what is below it.
 */
import type { Trace } from './tree';

export interface Rollup {
  /** Nanoseconds of the span in which no child ran; side-by-side children take their time once. */
  self: Float64Array;
  input: Float64Array;
  output: Float64Array;
  /** Of the input tokens: those the provider had in its cache. */
  cached: Float64Array;
  /** USD. */
  cost: Float64Array;
  /** Counted model calls in the subtree. */
  calls: Int32Array;
  /** Of these, calls that used tokens and have no price: the cost lacks them. */
  unpriced: Int32Array;
}

export interface Totals {
  input: number;
  output: number;
  cached: number;
  cost: number;
  calls: number;
  unpriced: number;
}

export function rollUp(trace: Trace): Rollup {
  const { count, parent } = trace;
  const rollup: Rollup = {
    self: selfTimes(trace),
    input: new Float64Array(count),
    output: new Float64Array(count),
    cached: new Float64Array(count),
    cost: new Float64Array(count),
    calls: new Int32Array(count),
    unpriced: new Int32Array(count),
  };
  const { input, output, cached, cost, calls, unpriced } = rollup;
  // Children stand after their parent, so walking back each subtree is complete when its top is reached.
  for (let p = count - 1; p >= 0; p--) {
    if (trace.counted[p] === 1) {
      const price = trace.cost[p]!;
      input[p]! += trace.inputTokens[p]!;
      output[p]! += trace.outputTokens[p]!;
      cached[p]! += trace.cachedTokens[p]!;
      calls[p]!++;
      if (Number.isNaN(price)) unpriced[p]!++;
      else cost[p]! += price;
    }
    const up = parent[p]!;
    if (up < 0) continue;
    input[up]! += input[p]!;
    output[up]! += output[p]!;
    cached[up]! += cached[p]!;
    cost[up]! += cost[p]!;
    calls[up]! += calls[p]!;
    unpriced[up]! += unpriced[p]!;
  }
  return rollup;
}

export function totalsAt(rollup: Rollup, p: number): Totals {
  const { input, output, cached, cost, calls, unpriced } = rollup;
  return {
    input: input[p]!, output: output[p]!, cached: cached[p]!, cost: cost[p]!, calls: calls[p]!, unpriced: unpriced[p]!,
  }; // prettier-ignore
}

/** Of the whole trace, whose spans may have several roots. */
export function totalsOf(trace: Trace, rollup: Rollup): Totals {
  const total: Totals = { input: 0, output: 0, cached: 0, cost: 0, calls: 0, unpriced: 0 };
  for (let p = 0; p < trace.count; p += trace.size[p]!) {
    const root = totalsAt(rollup, p);
    for (const key of Object.keys(total) as (keyof Totals)[]) total[key] += root[key];
  }
  return total;
}

/** Siblings stand in the order of their start, so what they cover together is known by its end alone. */
function selfTimes(trace: Trace): Float64Array {
  const self = trace.span.slice();
  const coveredTo = trace.start.slice();
  for (let p = 0; p < trace.count; p++) {
    const up = trace.parent[p]!;
    if (up < 0) continue;
    const end = Math.min(trace.start[p]! + trace.span[p]!, trace.start[up]! + trace.span[up]!);
    const from = Math.max(trace.start[p]!, coveredTo[up]!);
    if (end <= from) continue;
    self[up]! -= end - from;
    coveredTo[up] = end;
  }
  return self;
}
