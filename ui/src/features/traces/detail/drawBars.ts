/** Paints the bars of the rows on screen; the rows themselves are DOM, see WaterfallRow. */
import { formatDuration } from '../../../format/duration';
import { formatCompact } from '../../../format/number';
import { CANVAS_FONT } from '../../../ui/canvas';
import { slotOf, type Palette } from '../../../ui/colors';
import { firstOf, type CriticalPath } from '../model/criticalPath';
import { placeBar, toPixel, type Bar, type Zoom } from '../model/layout';
import type { RowWindow } from '../model/rows';
import type { Matches } from '../model/search';
import { STATUS_ERROR, type Trace } from '../model/tree';
import { BAR_HEIGHT, BAR_TOP, ROW_HEIGHT } from './geometry';

export interface Scene {
  trace: Trace;
  rows: Int32Array;
  window: RowWindow;
  zoom: Zoom;
  width: number;
  height: number;
  ticks: number[];
  matches: Matches;
  path: CriticalPath;
  /** Positions whose subtree is folded own the critical path below them. */
  isFolded: (p: number) => boolean;
  /** Event times of the selected span, nanoseconds after the trace's start. */
  events: { p: number; times: number[] } | null;
  palette: Palette;
}

const PAD = 6;

export function drawBars(context: CanvasRenderingContext2D, scene: Scene): void {
  const { trace, rows, window, zoom, width, height, palette } = scene;
  const { color } = palette;
  context.fillStyle = color['line-soft'];
  for (const tick of scene.ticks) context.fillRect(Math.round(toPixel(tick, zoom, width)), 0, 1, height);
  context.font = CANVAS_FONT;
  context.textBaseline = 'middle';
  const colors = trace.services.map((service) => palette.services[slotOf(service)]!);
  const searching = scene.matches.positions.length > 0;
  for (let row = window.first; row < window.last; row++) {
    const p = rows[row]!;
    const y = window.offset + (row - window.first) * ROW_HEIGHT;
    const bar = placeBar(trace.start[p]!, trace.span[p]!, zoom, width);
    if (!bar) {
      drawOutside(context, scene, p, y);
      continue;
    }
    context.globalAlpha = searching && scene.matches.is[p] === 0 ? 0.35 : 1;
    drawBar(context, bar, y + BAR_TOP, colors[trace.service[p]!]!, trace.status[p] === STATUS_ERROR, color);
    context.globalAlpha = context.globalAlpha < 1 ? 0.6 : 1;
    drawPath(context, scene, p, y);
    if (scene.events?.p === p) drawEvents(context, scene, scene.events.times, y);
    drawLabel(context, scene, p, bar, y + ROW_HEIGHT / 2);
    context.globalAlpha = 1;
  }
}

function drawBar(
  context: CanvasRenderingContext2D,
  bar: Bar,
  y: number,
  fill: string,
  failed: boolean,
  color: Palette['color'],
): void {
  context.fillStyle = fill;
  context.beginPath();
  context.roundRect(bar.x, y, bar.width, BAR_HEIGHT, Math.min(2, bar.width / 2));
  context.fill();
  if (!failed) return;
  // A shape as well as a colour: errors carry a cap that sticks out of the bar.
  context.fillStyle = color['error-mark'];
  context.fillRect(bar.x, y - 2, Math.min(4, Math.max(bar.width, 2)), BAR_HEIGHT + 4);
}

/** An arrow at the edge says where a span outside the zoomed range lies. */
function drawOutside(context: CanvasRenderingContext2D, scene: Scene, p: number, y: number): void {
  const before = scene.trace.start[p]! < scene.zoom.from;
  const x = before ? 4 : scene.width - 4;
  const tip = before ? -3 : 3;
  const middle = y + ROW_HEIGHT / 2;
  context.fillStyle = scene.palette.color['line-strong'];
  context.beginPath();
  context.moveTo(x, middle - 3);
  context.lineTo(x + tip, middle);
  context.lineTo(x, middle + 3);
  context.fill();
}

function drawPath(context: CanvasRenderingContext2D, scene: Scene, p: number, y: number): void {
  const { path, trace, zoom, width } = scene;
  if (path.owner.length === 0) return;
  const end = scene.isFolded(p) ? p + trace.size[p]! : p + 1;
  // Under the bar, where no service colour competes with it.
  const top = y + BAR_TOP + BAR_HEIGHT + 1;
  context.fillStyle = scene.palette.color.ink;
  let drawnTo = -1;
  for (let i = firstOf(path, p); i < path.owner.length && path.owner[i]! < end; i++) {
    const stretch = placeBar(path.from[i]!, path.to[i]! - path.from[i]!, zoom, width);
    // Below a folded span there may be thousands of stretches on one pixel.
    if (!stretch || (stretch.x >= 0 && stretch.x + stretch.width <= drawnTo)) continue;
    context.fillRect(stretch.x, top, stretch.width, 2.5);
    if (end > p + 1) drawnTo = Math.max(drawnTo, stretch.x + stretch.width);
  }
}

function drawEvents(context: CanvasRenderingContext2D, scene: Scene, times: number[], y: number): void {
  const { color } = scene.palette;
  const middle = y + ROW_HEIGHT / 2;
  for (const time of times) {
    const x = toPixel(time, scene.zoom, scene.width);
    context.fillStyle = color.ink;
    context.strokeStyle = color['lamp-ground'];
    context.beginPath();
    context.moveTo(x, middle - 5);
    context.lineTo(x + 4, middle);
    context.lineTo(x, middle + 5);
    context.lineTo(x - 4, middle);
    context.closePath();
    context.fill();
    context.stroke();
  }
}

/** Duration and pill where they fit, else the duration alone, else nothing: a cut number would be a wrong one. */
function drawLabel(context: CanvasRenderingContext2D, scene: Scene, p: number, bar: Bar, middle: number): void {
  const { trace, width, palette } = scene;
  const pill = pillText(trace, p);
  const events = trace.eventCount[p]!;
  const text = formatDuration(trace.span[p]!) + (events > 0 ? `  ◆ ${events}` : '');
  const textWidth = context.measureText(text).width;
  const pillWidth = pill ? context.measureText(pill).width + 3 * PAD : 0;
  let withPill = pill !== '';
  let place = placeLabel(bar, textWidth + pillWidth, width);
  if (!place && withPill) {
    withPill = false;
    place = placeLabel(bar, textWidth, width);
  }
  if (!place) return;
  context.fillStyle = place.inside ? palette.color.surface : palette.color['ink-2'];
  context.fillText(text, place.x, middle + 0.5);
  if (withPill) drawPill(context, pill, place.x + textWidth + PAD, middle, palette.color, place.inside);
}

/** Right of the bar, else left of it, else inside its right end. */
function placeLabel(bar: Bar, labelWidth: number, width: number): { x: number; inside: boolean } | null {
  const right = bar.x + bar.width + PAD;
  if (right + labelWidth <= width - 2) return { x: right, inside: false };
  const left = bar.x - PAD - labelWidth;
  if (left >= 2) return { x: left, inside: false };
  const end = Math.min(bar.x + bar.width, width) - PAD - labelWidth;
  return end >= Math.max(bar.x, 0) + PAD ? { x: end, inside: true } : null;
}

function drawPill(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  middle: number,
  color: Palette['color'],
  inside: boolean,
): void {
  const width = context.measureText(text).width + 2 * PAD;
  context.beginPath();
  context.roundRect(x + 0.5, middle - 7.5, width, 15, 7);
  context.fillStyle = color.raised;
  context.fill();
  context.strokeStyle = inside ? color.raised : color['line-strong'];
  context.lineWidth = 1;
  context.stroke();
  context.fillStyle = color.ink;
  context.fillText(text, x + PAD, middle + 0.5);
}

function pillText(trace: Trace, p: number): string {
  const model = trace.models[trace.model[p]!] ?? '';
  const input = trace.inputTokens[p]!;
  const output = trace.outputTokens[p]!;
  if (input + output === 0) return model;
  return `${model}${model && '  '}${formatCompact(input)} → ${formatCompact(output)}`;
}
