/** Paints the latency chart: decades, dots by outcome, and below them the count per bucket. */
import type { Histogram } from '../../../api/types';
import { formatDuration } from '../../../format/duration';
import { formatCompact } from '../../../format/number';
import { formatClock, formatDay, nanoToMs } from '../../../format/time';
import { CANVAS_FONT } from '../../../ui/canvas';
import type { Palette } from '../../../ui/colors';
import type { Bounds } from '../../../ui/timeWindow';
import { decadesOf, formatDecade, heightOf, timeToX, type Dot, type DurationScale, type Plot } from '../model/scatter';

/** Counts and their time labels take this much at the bottom. */
export const COUNTS_HEIGHT = 48;
export const INSET = 8;
const LABELS = 16;
/** Room for "per 2h 6m" left of the plot, and for half a dot right of it. */
const GUTTER = 60;
const END = 8;
const DECADE_GAP = 14;
const TIME_GAP = 110;

export interface LatencyScene {
  dots: Dot[];
  scale: DurationScale;
  histogram: Histogram | undefined;
  bounds: Bounds;
  plot: Plot;
  width: number;
  height: number;
  palette: Palette;
  hovered: Dot | null;
}

export function plotOf(width: number): Plot {
  return { left: GUTTER, width: Math.max(width - GUTTER - END, 0) };
}

export function drawLatency(context: CanvasRenderingContext2D, scene: LatencyScene): void {
  context.font = CANVAS_FONT;
  context.textBaseline = 'middle';
  drawDecades(context, scene);
  drawCounts(context, scene);
  drawTimes(context, scene);
  drawDots(context, scene);
}

function drawDecades(context: CanvasRenderingContext2D, { scale, plot, width, height, palette }: LatencyScene): void {
  const tall = height - COUNTS_HEIGHT - 2 * INSET;
  for (const decade of decadesOf(scale, tall, DECADE_GAP)) {
    const y = Math.round(heightOf(decade, scale, tall) + INSET);
    context.fillStyle = palette.color['line-soft'];
    context.fillRect(plot.left, y, width - plot.left, 1);
    writeBeside(context, plot, formatDecade(decade), y + 1, palette);
  }
}

function writeBeside(context: CanvasRenderingContext2D, plot: Plot, text: string, y: number, palette: Palette): void {
  context.textAlign = 'right';
  context.fillStyle = palette.color['ink-3'];
  context.fillText(text, plot.left - 8, y);
  context.textAlign = 'left';
}

function drawCounts(context: CanvasRenderingContext2D, scene: LatencyScene): void {
  const { histogram, bounds, plot, width, height, palette } = scene;
  const base = height - LABELS;
  context.fillStyle = palette.color.line;
  context.fillRect(plot.left, base, width - plot.left, 1);
  const most = Math.max(...(histogram?.buckets.map((bucket) => bucket.trace_count) ?? []), 0);
  if (!histogram || most === 0) return;
  const tallest = COUNTS_HEIGHT - LABELS - 4;
  for (const bucket of histogram.buckets) {
    const startMs = nanoToMs(bucket.start_time_unix_nano);
    // The first bucket may begin before the window.
    const x = Math.max(timeToX(startMs, bounds, plot), plot.left);
    const barWidth = Math.max(timeToX(startMs + histogram.bucket_nano / 1e6, bounds, plot) - x - 1, 1);
    const tall = bucket.trace_count === 0 ? 0 : Math.max((bucket.trace_count / most) * tallest, 1);
    const failed = bucket.error_count === 0 ? 0 : Math.max((bucket.error_count / most) * tallest, 1.5);
    context.fillStyle = palette.color['line-strong'];
    context.fillRect(x, base - tall, barWidth, tall);
    context.fillStyle = palette.color['error-mark'];
    context.fillRect(x, base - failed, barWidth, failed);
  }
  writeBeside(context, plot, `max ${formatCompact(most)}`, base - tallest + 5, palette);
  writeBeside(context, plot, `/ ${formatDuration(histogram.bucket_nano)}`, base - 6, palette);
}

const TIME_STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800];

function drawTimes(context: CanvasRenderingContext2D, { bounds, plot, width, height, palette }: LatencyScene): void {
  const range = bounds.endMs - bounds.startMs;
  const least = (range * TIME_GAP) / Math.max(plot.width, 1);
  const step = (TIME_STEPS_S.find((s) => s * 1000 >= least) ?? 86400 * 7) * 1000;
  // Local midnight, so that steps of hours fall on the reader's hours.
  const zone = new Date(bounds.startMs).getTimezoneOffset() * 60_000;
  context.fillStyle = palette.color['ink-3'];
  for (let ms = Math.ceil((bounds.startMs - zone) / step) * step + zone; ms < bounds.endMs; ms += step) {
    const date = new Date(ms);
    const clock = formatClock(date);
    const text = step >= 86400e3 ? formatDay(date).slice(5) : step >= 60e3 ? clock.slice(0, 5) : clock;
    const x = timeToX(ms, bounds, plot);
    context.fillRect(Math.round(x), height - LABELS, 1, 4);
    if (x + 40 < width) context.fillText(text, x + 5, height - LABELS / 2 + 1);
  }
}

/** Errors are rings with a cross as well as red, and lie on top. */
function drawDots(context: CanvasRenderingContext2D, { dots, palette, hovered }: LatencyScene): void {
  context.fillStyle = palette.color['ink-2'];
  context.globalAlpha = 0.6;
  for (const { x, y, trace } of dots) {
    if (trace.error_count > 0) continue;
    context.beginPath();
    context.arc(x, y, 2.5, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
  context.strokeStyle = palette.color['error-mark'];
  context.lineWidth = 1.75;
  for (const { x, y, trace } of dots) {
    if (trace.error_count === 0) continue;
    context.beginPath();
    context.moveTo(x - 3, y - 3);
    context.lineTo(x + 3, y + 3);
    context.moveTo(x + 3, y - 3);
    context.lineTo(x - 3, y + 3);
    context.stroke();
  }
  if (!hovered) return;
  context.strokeStyle = palette.color.lamp;
  context.beginPath();
  context.arc(hovered.x, hovered.y, 6, 0, 2 * Math.PI);
  context.stroke();
}
