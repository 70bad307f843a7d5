/** What only the whole trace can say of one of its spans. */
import { formatDuration } from '../../../format/duration';
import type { Trace } from './tree';

export interface Placed {
  /** Whether the parent is here to be selected. */
  hasParent: boolean;
  /** How the span leaves its parent's time, in words; '' where it does not. */
  outside: string;
  /** Spans with this id, itself included. */
  sameId: number;
}

export function placeSpan(trace: Trace, p: number): Placed {
  const parent = trace.parent[p]!;
  const spanId = trace.spanId[p]!;
  return {
    hasParent: parent >= 0,
    outside: parent >= 0 ? outside(trace, p, parent) : '',
    sameId: trace.spanId.reduce((sum, id) => (id === spanId ? sum + 1 : sum), 0),
  };
}

/** A child may outlive its parent, as work handed over does; to begin before it takes two clocks. */
function outside(trace: Trace, p: number, parent: number): string {
  const early = trace.start[parent]! - trace.start[p]!;
  const parentEnd = trace.start[parent]! + trace.span[parent]!;
  const late = trace.start[p]! - parentEnd;
  const over = trace.start[p]! + trace.span[p]! - parentEnd;
  if (early > 0) return `Starts ${formatDuration(early)} before its parent: the clocks differ`;
  if (late > 0) return `Starts ${formatDuration(late)} after its parent ended`;
  return over > 0 ? `Ends ${formatDuration(over)} after its parent` : '';
}
