/**
 * The critical path below one span: the stretches of time that, were they shorter, would end it sooner.
 *
 * Walking back from the end, the child that ended last before the current moment was being waited for; between
 * children the span itself was at work. The stretches do not overlap and add up to the root's duration.
 * A child still running at the current moment was not waited for there, and a child that outlives its parent
 * counts up to the parent's end.
 */
import type { Trace } from './tree';

export interface CriticalPath {
  /** Positions, ascending; a span may own several stretches. */
  owner: Int32Array;
  from: Float64Array;
  to: Float64Array;
  total: number;
}

export const NO_PATH: CriticalPath = {
  owner: new Int32Array(0),
  from: new Float64Array(0),
  to: new Float64Array(0),
  total: 0,
};

interface Stretch {
  owner: number;
  from: number;
  to: number;
}

export function findCriticalPath(trace: Trace, root: number): CriticalPath {
  if (root < 0 || root >= trace.count) return NO_PATH;
  const found: Stretch[] = [];
  const pending: Stretch[] = [
    { owner: root, from: trace.start[root]!, to: trace.start[root]! + trace.span[root]! },
  ];
  while (pending.length > 0) {
    const visit = pending.pop()!;
    splitByChildren(trace, visit, found, pending);
  }
  const stretches = found.toSorted((a, b) => a.owner - b.owner || a.from - b.from);
  return {
    owner: Int32Array.from(stretches, (s) => s.owner),
    from: Float64Array.from(stretches, (s) => s.from),
    to: Float64Array.from(stretches, (s) => s.to),
    total: stretches.reduce((sum, s) => sum + (s.to - s.from), 0),
  };
}

function splitByChildren(trace: Trace, visit: Stretch, stretches: Stretch[], pending: Stretch[]): void {
  let now = visit.to;
  for (const child of childrenByEnd(trace, visit)) {
    if (now <= visit.from) break;
    if (child.to > now || child.to <= child.from) continue;
    if (now > child.to) stretches.push({ owner: visit.owner, from: child.to, to: now });
    pending.push(child);
    now = child.from;
  }
  if (now > visit.from) stretches.push({ owner: visit.owner, from: visit.from, to: now });
}

/** Children cut to the visited stretch, the last to end first. */
function childrenByEnd(trace: Trace, visit: Stretch): Stretch[] {
  const children: Stretch[] = [];
  const end = visit.owner + trace.size[visit.owner]!;
  for (let c = visit.owner + 1; c < end; c += trace.size[c]!) {
    const from = Math.max(trace.start[c]!, visit.from);
    const to = Math.min(trace.start[c]! + trace.span[c]!, visit.to);
    if (to > from) children.push({ owner: c, from, to });
  }
  return children.toSorted((a, b) => b.to - a.to || b.from - a.from);
}

/** First index into the path whose owner is p or later. */
export function firstOf(path: CriticalPath, p: number): number {
  let low = 0;
  let high = path.owner.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (path.owner[middle]! < p) low = middle + 1;
    else high = middle;
  }
  return low;
}
