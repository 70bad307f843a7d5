/** Geometry of the latency chart: time across, duration upwards on a logarithmic scale. */
import type { TraceSummary } from '../../../api/types';
import { nanoToMs } from '../../../format/time';
import type { Bounds } from './listUrl';

export interface Dot {
  x: number;
  y: number;
  trace: TraceSummary;
}

export interface DurationScale {
  /** Powers of ten, in nanoseconds. */
  low: number;
  high: number;
}

/** Whole decades around the durations, so that lines fall on 1, 10, 100. */
export function durationScale(traces: readonly TraceSummary[]): DurationScale {
  let least = Infinity;
  let most = 0;
  for (const { duration_nano } of traces) {
    const duration = Math.max(duration_nano, 1);
    if (duration < least) least = duration;
    if (duration > most) most = duration;
  }
  if (most === 0) return { low: 1e6, high: 1e9 };
  const low = 10 ** Math.floor(Math.log10(least));
  const high = 10 ** Math.ceil(Math.log10(most));
  return { low, high: high > low ? high : low * 10 };
}

/** 0 at the low end of the scale, 1 at the high end; the bars of the table use it as well as the dots. */
export function shareOf(duration: number, scale: DurationScale): number {
  const share = Math.log10(Math.max(duration, 1) / scale.low) / Math.log10(scale.high / scale.low);
  return Math.min(Math.max(share, 0), 1);
}

export function heightOf(duration: number, scale: DurationScale, height: number): number {
  return height - shareOf(duration, scale) * height;
}

export function decadesOf(scale: DurationScale): number[] {
  const decades: number[] = [];
  for (let value = scale.low; value <= scale.high * 1.001; value *= 10) decades.push(value);
  return decades;
}

export function timeToX(ms: number, bounds: Bounds, width: number): number {
  return ((ms - bounds.startMs) / Math.max(bounds.endMs - bounds.startMs, 1)) * width;
}

export function xToTime(x: number, bounds: Bounds, width: number): number {
  return bounds.startMs + (x / Math.max(width, 1)) * (bounds.endMs - bounds.startMs);
}

export function placeDots(
  traces: readonly TraceSummary[],
  bounds: Bounds,
  scale: DurationScale,
  width: number,
  height: number,
): Dot[] {
  return traces.map((trace) => ({
    x: timeToX(nanoToMs(trace.start_time_unix_nano), bounds, width),
    y: heightOf(trace.duration_nano, scale, height),
    trace,
  }));
}

/** The dot nearest to a point, within reach; errors win a tie because they are drawn on top. */
export function nearestDot(dots: readonly Dot[], x: number, y: number, reach: number): Dot | null {
  let best: Dot | null = null;
  let bestDistance = reach * reach;
  for (const dot of dots) {
    const distance = (dot.x - x) ** 2 + (dot.y - y) ** 2;
    const wins = distance === bestDistance && dot.trace.error_count > 0;
    if (distance < bestDistance || wins) {
      best = dot;
      bestDistance = distance;
    }
  }
  return best;
}
