/** Geometry of the time axis: the visible range, pixels, and the ruler's ticks. */
import { toAxis, toTime, type Cut } from './timeline';

export interface Zoom {
  from: number;
  to: number;
}

/** A range narrower than this shows nothing but rounding. */
export const NARROWEST_NANO = 100;

/** Keeps width where possible, so that panning against an end does not zoom. */
export function clampZoom(zoom: Zoom, duration: number): Zoom {
  const width = Math.min(Math.max(zoom.to - zoom.from, Math.min(NARROWEST_NANO, duration)), duration);
  const from = Math.min(Math.max(zoom.from, 0), duration - width);
  return { from, to: from + width };
}

export function fullZoom(duration: number): Zoom {
  return { from: 0, to: duration };
}

/** To the nanosecond: zooming in and out again leaves a rounding error far below one. */
export function isFull(zoom: Zoom, duration: number): boolean {
  return zoom.from < 0.5 && zoom.to > duration - 0.5;
}

/** factor < 1 zooms in; the nanosecond at `anchor` (0..1 of the view) stays where it is. */
export function zoomBy(zoom: Zoom, factor: number, anchor: number, duration: number): Zoom {
  const width = zoom.to - zoom.from;
  const wanted = Math.min(Math.max(width * factor, Math.min(NARROWEST_NANO, duration)), duration);
  const fixed = zoom.from + width * anchor;
  return clampZoom({ from: fixed - wanted * anchor, to: fixed + wanted * (1 - anchor) }, duration);
}

/** Moves by a fraction of the visible width. */
export function panBy(zoom: Zoom, fraction: number, duration: number): Zoom {
  const shift = (zoom.to - zoom.from) * fraction;
  return clampZoom({ from: zoom.from + shift, to: zoom.to + shift }, duration);
}

/** The span with a tenth of its length of air on each side. */
export function fitSpan(start: number, length: number, duration: number): Zoom {
  const air = Math.max(length * 0.1, NARROWEST_NANO / 2);
  return clampZoom({ from: start - air, to: start + length + air }, duration);
}

export function toPixel(nano: number, zoom: Zoom, width: number): number {
  return ((nano - zoom.from) / (zoom.to - zoom.from)) * width;
}

export function toNano(pixel: number, zoom: Zoom, width: number): number {
  return zoom.from + (pixel / Math.max(width, 1)) * (zoom.to - zoom.from);
}

/** Bars never vanish: what is shorter than two pixels is drawn two pixels wide. */
export const NARROWEST_BAR = 2;

export interface Bar {
  x: number;
  width: number;
}

/** The part of a bar inside the view, or null when it lies outside. */
export function placeBar(start: number, length: number, zoom: Zoom, width: number): Bar | null {
  const left = toPixel(start, zoom, width);
  const right = toPixel(start + length, zoom, width);
  if (right < -NARROWEST_BAR || left > width) return null;
  const x = Math.max(Math.min(left, width - NARROWEST_BAR), -1);
  return { x, width: Math.max(Math.min(right, width + 1) - x, NARROWEST_BAR) };
}

const STEPS = [1, 2, 2.5, 5, 10];

export interface Tick {
  /** On the axis. */
  place: number;
  /** Nanoseconds after the trace's start, a round number. */
  time: number;
}

/** Round times inside the view, no nearer to each other than `gap` pixels and none inside a cut. */
export function listTicks(zoom: Zoom, cuts: readonly Cut[], width: number, gap: number): Tick[] {
  const range = zoom.to - zoom.from;
  if (width <= 0 || range <= 0) return [];
  const least = (range * gap) / width;
  // Between cuts the axis has the scale of time itself.
  const step = roundStep(least);
  const ticks: Tick[] = [];
  let time = Math.ceil(toTime(cuts, zoom.from) / step) * step;
  while (time <= toTime(cuts, zoom.to)) {
    const cut = cuts.find(({ from, to }) => from < time && time < to);
    if (cut) {
      time = Math.ceil(cut.to / step) * step;
      continue;
    }
    const place = toAxis(cuts, time);
    const last = ticks.at(-1);
    if (!last || place - last.place >= least * 0.999) ticks.push({ place, time });
    time += step;
  }
  return ticks;
}

/** Seconds roll over at 60, so above one second the steps are those of a clock. */
const CLOCK_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 43200, 86400];

function roundStep(least: number): number {
  if (least > 1e9) {
    const seconds = CLOCK_STEPS.find((s) => s * 1e9 >= least);
    if (seconds !== undefined) return seconds * 1e9;
  }
  const magnitude = 10 ** Math.floor(Math.log10(least));
  return Math.max(STEPS.find((s) => s * magnitude >= least)! * magnitude, 1);
}
