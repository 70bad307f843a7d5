/**
 * Where a moment of the trace stands on the time axis, and the long idle stretches that can be cut out of it.
 *
 * Idle is a stretch in which no span without children runs: spans around it only wait. With cuts the axis is a
 * piecewise linear, strictly rising function of time: busy stretches keep their scale, a cut keeps a narrow band. Only
 * places change; every duration that is written stays the measured one.
 */
import type { Zoom } from './layout';
import type { Trace } from './tree';

export interface Gap {
  /** Nanoseconds after the trace's start. */
  from: number;
  to: number;
}

export interface Cut extends Gap {
  /** The band that stands for it. */
  bandFrom: number;
  bandTo: number;
}

export interface Timeline {
  /** Of the axis, at least 1. */
  duration: number;
  /** Columns by position: where a span begins on the axis, and its length there. */
  start: Float64Array;
  span: Float64Array;
  cuts: readonly Cut[];
}

/** More cuts than these would be all that is seen. */
const MOST_CUTS = 50;
/** Of the busy time; a shorter gap is not worth a break in the axis. */
const LEAST_GAP = 0.05;
/** Of the axis: what one band takes, and what all together may. */
const BAND = 0.03;
const ALL_BANDS = 0.3;

/** The longest idle stretches, by time. */
export function findGaps(trace: Trace): Gap[] {
  const gaps: Gap[] = [];
  let busyTo = 0;
  for (const p of trace.byStart) {
    if (trace.childCount[p]! > 0) continue;
    if (trace.start[p]! > busyTo) gaps.push({ from: busyTo, to: trace.start[p]! });
    busyTo = Math.max(busyTo, trace.start[p]! + trace.span[p]!);
  }
  if (trace.duration > busyTo) gaps.push({ from: busyTo, to: trace.duration });
  const busy = Math.max(trace.duration - idleOf(gaps), trace.duration * 0.001);
  return gaps
    .filter(({ from, to }) => to - from > busy * LEAST_GAP)
    .toSorted((a, b) => b.to - b.from - (a.to - a.from))
    .slice(0, MOST_CUTS)
    .toSorted((a, b) => a.from - b.from);
}

export function idleOf(gaps: readonly Gap[]): number {
  return gaps.reduce((sum, { from, to }) => sum + (to - from), 0);
}

/** Cutting must at least halve the axis to be offered. */
export function isWorthCutting(trace: Trace, gaps: readonly Gap[]): boolean {
  return idleOf(gaps) > trace.duration * 0.6;
}

export function wholeTimeline(trace: Trace): Timeline {
  return { duration: trace.duration, start: trace.start, span: trace.span, cuts: [] };
}

export function cutTimeline(trace: Trace, gaps: readonly Gap[]): Timeline {
  if (gaps.length === 0) return wholeTimeline(trace);
  const share = Math.min(BAND, ALL_BANDS / gaps.length);
  const kept = trace.duration - idleOf(gaps);
  const band = Math.max((kept / (1 - share * gaps.length)) * share, trace.duration * 1e-6);
  let removed = 0;
  const cuts = gaps.map(({ from, to }) => {
    const bandFrom = from - removed;
    const bandTo = bandFrom + Math.min(band, to - from);
    removed += to - from - (bandTo - bandFrom);
    return { from, to, bandFrom, bandTo };
  });
  const start = trace.start.map((time) => toAxis(cuts, time));
  const span = start.map((from, p) => toAxis(cuts, trace.start[p]! + trace.span[p]!) - from);
  return { duration: Math.max(trace.duration - removed, 1), start, span, cuts };
}

/** A moment's place on the axis. */
export function toAxis(cuts: readonly Cut[], time: number): number {
  return translate(cuts, time, ({ from }) => from, ({ to }) => to, ({ bandFrom }) => bandFrom, ({ bandTo }) => bandTo);
}

/** The moment at a place of the axis. */
export function toTime(cuts: readonly Cut[], place: number): number {
  return translate(cuts, place, ({ bandFrom }) => bandFrom, ({ bandTo }) => bandTo, ({ from }) => from, ({ to }) => to);
}

type Side = (cut: Cut) => number;

function translate(cuts: readonly Cut[], value: number, from: Side, to: Side, intoFrom: Side, intoTo: Side): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (from(cuts[middle]!) <= value) low = middle + 1;
    else high = middle;
  }
  const cut = cuts[low - 1];
  if (!cut) return value;
  if (value >= to(cut)) return intoTo(cut) + (value - to(cut));
  return intoFrom(cut) + ((value - from(cut)) / (to(cut) - from(cut))) * (intoTo(cut) - intoFrom(cut));
}

export function zoomToAxis(cuts: readonly Cut[], { from, to }: Zoom): Zoom {
  return { from: toAxis(cuts, from), to: toAxis(cuts, to) };
}

export function zoomToTime(cuts: readonly Cut[], { from, to }: Zoom): Zoom {
  return { from: toTime(cuts, from), to: toTime(cuts, to) };
}
