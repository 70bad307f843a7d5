/** Geometry of the latency chart: time across, duration upwards on a logarithmic scale. */
import type { TraceSummary } from '../../../api/types';
import { formatDuration } from '../../../format/duration';
import { formatCompact } from '../../../format/number';
import { nanoToMs } from '../../../format/time';
import type { Bounds } from '../../../ui/timeWindow';

export interface Dot {
  x: number;
  y: number;
  trace: TraceSummary;
}

/** The part of the chart that time runs across, in pixels; the labels of the scale stand left of it. */
export interface Plot {
  left: number;
  width: number;
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

/** The decades that get a line, at least `gap` apart on `height` pixels; with every third it is 1 ns, 1 µs, 1 ms, 1 s. */
export function decadesOf(scale: DurationScale, height: number, gap: number): number[] {
  const [low, high] = [Math.round(Math.log10(scale.low)), Math.round(Math.log10(scale.high))];
  const step = Math.max(Math.ceil((gap * (high - low)) / Math.max(height, 1)), 1);
  const decades: number[] = [];
  for (let power = Math.ceil(low / step) * step; power <= high; power += step) decades.push(10 ** power);
  return decades;
}

/** In seconds above one: decades are 10 s, 100 s, 1k s, where a duration would read 1m 40s. */
export function formatDecade(nano: number): string {
  return nano < 10e9 ? formatDuration(nano) : `${formatCompact(nano / 1e9)} s`;
}

export function timeToX(ms: number, bounds: Bounds, { left, width }: Plot): number {
  return left + ((ms - bounds.startMs) / Math.max(bounds.endMs - bounds.startMs, 1)) * width;
}

/** Beside the plot it is the nearer end. */
export function xToTime(x: number, bounds: Bounds, { left, width }: Plot): number {
  const share = Math.min(Math.max((x - left) / Math.max(width, 1), 0), 1);
  return bounds.startMs + share * (bounds.endMs - bounds.startMs);
}

export function placeDots(
  traces: readonly TraceSummary[],
  bounds: Bounds,
  scale: DurationScale,
  plot: Plot,
  height: number,
): Dot[] {
  const end = plot.left + plot.width;
  return traces.map((trace) => ({
    // A trace that reaches into the window may have begun before it: it stands at the edge, not on the labels.
    x: Math.min(Math.max(timeToX(nanoToMs(trace.start_time_unix_nano), bounds, plot), plot.left), end),
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
