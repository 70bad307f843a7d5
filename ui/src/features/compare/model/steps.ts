/** The steps of a comparison as rows: which are shown, what stands out; pure, in the order of the answer. */
import type { ComparedStep, StepPair } from '../../../api/types';
import type { Filter } from './compareUrl';

export interface Row {
  pair: StepPair;
  key: string;
  /** Shown only because of what is below it. */
  context: boolean;
  /** A step of this kind before it under the same parent, which the other trace has too: this is the nth. */
  repeat: number;
}

/** Span ids of both sides: a step keeps its key while filters change. */
export function keyOf({ left, right }: StepPair): string {
  return `${left?.span_id ?? ''}-${right?.span_id ?? ''}`;
}

/** The side that says what the step is: the right one, where both have it. */
export function sideOf({ left, right }: StepPair): ComparedStep {
  return (right ?? left)!;
}

export function isDifferent({ match }: StepPair): boolean {
  return match !== 'same';
}

function holds(pair: StepPair, filter: Filter): boolean {
  if (filter === 'differences') return isDifferent(pair);
  if (filter === 'model') return sideOf(pair).operation !== '';
  return pair.left?.status === 'ERROR' || pair.right?.status === 'ERROR';
}

/** The steps for which all filters hold, and dimmed the ones above them. */
export function listRows(pairs: readonly StepPair[], only: ReadonlySet<Filter>): Row[] {
  const filters = [...only];
  const wanted = pairs.map((pair) => filters.every((filter) => holds(pair, filter)));
  const kept = wanted.slice();
  // From the end: the next step upwards is the one of less depth than the last kept.
  let needed = -1;
  for (let at = pairs.length - 1; at >= 0; at--) {
    const { depth } = pairs[at]!;
    if (depth < needed) kept[at] = true;
    if (kept[at]) needed = depth;
  }
  const repeats = countRepeats(pairs);
  return pairs.flatMap((pair, at) =>
    kept[at] ? [{ pair, key: keyOf(pair), context: !wanted[at], repeat: repeats[at]! }] : [],
  );
}

/** 0 of a first one, and of steps that both have. */
function countRepeats(pairs: readonly StepPair[]): number[] {
  const seen: Map<string, number>[] = [];
  return pairs.map((pair) => {
    seen.length = pair.depth + 1;
    const siblings = (seen[pair.depth] ??= new Map());
    const { name, service, operation } = sideOf(pair);
    const kind = `${operation}\n${service}\n${name}`;
    const nth = (siblings.get(kind) ?? 0) + 1;
    siblings.set(kind, nth);
    return nth > 1 && (pair.left === null || pair.right === null) ? nth : 0;
  });
}

export function longestStep(pairs: readonly StepPair[]): number {
  return pairs.reduce((most, { left, right }) => Math.max(most, left?.duration ?? 0, right?.duration ?? 0), 0);
}

/** The place of the next different step after `at`, or before it; -1 where there is none. */
export function nextDifference(rows: readonly Row[], at: number, by: 1 | -1): number {
  for (let next = at + by; next >= 0 && next < rows.length; next += by) {
    if (isDifferent(rows[next]!.pair)) return next;
  }
  return -1;
}

export interface Change {
  pair: StepPair;
  key: string;
  what: 'duration' | 'tokens' | 'cost';
  by: number;
}

/**
 * What changed most, the largest first: of latency only steps without steps below them, since what is above them
 * changed by the same; of tokens and cost one call each.
 */
export function largestChanges(pairs: readonly StepPair[], most: number): Change[] {
  const durations: Change[] = [];
  const tokens: Change[] = [];
  const costs: Change[] = [];
  pairs.forEach((pair, at) => {
    if (!pair.left || !pair.right) return;
    const isLeaf = (pairs[at + 1]?.depth ?? 0) <= pair.depth;
    const by = pair.input_tokens_difference + pair.output_tokens_difference;
    if (isLeaf && pair.duration_difference !== 0) {
      durations.push({ pair, key: keyOf(pair), what: 'duration', by: pair.duration_difference });
    }
    if (by !== 0 && sideOf(pair).model !== '') tokens.push({ pair, key: keyOf(pair), what: 'tokens', by });
    if (pair.cost_difference) costs.push({ pair, key: keyOf(pair), what: 'cost', by: pair.cost_difference });
  });
  const largest = (changes: Change[]) => changes.toSorted((a, b) => Math.abs(b.by) - Math.abs(a.by));
  return [...largest(durations).slice(0, most), ...largest(tokens).slice(0, 1), ...largest(costs).slice(0, 1)];
}
