/** Paints the bars of the rows on screen; the rows themselves are DOM, see WaterfallRow. */
import { CANVAS_FONT } from '../../../ui/canvas';
import { slotOf, type Palette } from '../../../ui/colors';
import { firstOf, type Category, type CriticalPath } from '../model/criticalPath';
import { placeBar, toPixel, type Bar, type Zoom } from '../model/layout';
import type { Rows, RowWindow } from '../model/rows';
import type { Timeline } from '../model/timeline';
import type { Matches } from '../model/search';
import { STATUS_ERROR, type Trace } from '../model/tree';
import { drawLabel } from './drawLabel';
import { paintCut } from './paintCut';
import { BAR_HEIGHT, BAR_TOP, ROW_HEIGHT } from './geometry';

export interface Scene {
  trace: Trace;
  timeline: Timeline;
  rows: Rows;
  window: RowWindow;
  zoom: Zoom;
  width: number;
  height: number;
  ticks: number[];
  matches: Matches;
  /** In places of the axis. */
  path: CriticalPath;
  /** Of the path, what is marked. */
  category: Category | null;
  /** Positions whose subtree is folded own the critical path below them. */
  isFolded: (p: number) => boolean;
  /** Log records among the rows: their places on the axis, and whether they tell of an error. */
  logs: { place: Float64Array; failed: Uint8Array } | null;
  /** Places of the events of the selected span. */
  events: { p: number; times: number[] } | null;
  palette: Palette;
}

export function drawBars(context: CanvasRenderingContext2D, scene: Scene): void {
  const { trace, timeline, rows, window, zoom, width, height, palette } = scene;
  const { color } = palette;
  context.fillStyle = color['line-soft'];
  for (const tick of scene.ticks) context.fillRect(Math.round(toPixel(tick, zoom, width)), 0, 1, height);
  drawCuts(context, scene);
  context.font = CANVAS_FONT;
  context.textBaseline = 'middle';
  const colors = trace.services.map((service) => palette.services[slotOf(service)]!);
  const searching = scene.matches.positions.length > 0;
  for (let row = window.first; row < window.last; row++) {
    const p = rows.span[row]!;
    const y = window.offset + (row - window.first) * ROW_HEIGHT;
    if (rows.log && rows.log[row]! >= 0) {
      drawLog(context, scene, rows.log[row]!, y + ROW_HEIGHT / 2);
      continue;
    }
    const bar = placeBar(timeline.start[p]!, timeline.span[p]!, zoom, width);
    if (!bar) {
      drawOutside(context, scene, p, y);
      continue;
    }
    const fill = colors[trace.service[p]!]!;
    const dimmed = searching && scene.matches.is[p] === 0;
    context.globalAlpha = dimmed ? 0.35 : 1;
    drawBar(context, bar, y + BAR_TOP, fill, trace.status[p] === STATUS_ERROR, color);
    context.globalAlpha = dimmed ? 0.6 : 1;
    drawPath(context, scene, p, y);
    if (scene.events?.p === p) drawEvents(context, scene, scene.events.times, y);
    drawLabel(context, { trace, p, bar, width, palette, fill, dimmed }, y + ROW_HEIGHT / 2);
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
  const before = scene.timeline.start[p]! < scene.zoom.from;
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
  const { color } = scene.palette;
  let drawnTo = -1;
  for (let i = firstOf(path, p); i < path.owner.length && path.owner[i]! < end; i++) {
    const stretch = placeBar(path.from[i]!, path.to[i]! - path.from[i]!, zoom, width);
    // Below a folded span there may be thousands of stretches on one pixel.
    if (!stretch || (stretch.x >= 0 && stretch.x + stretch.width <= drawnTo)) continue;
    context.fillStyle = path.category[i] === scene.category ? color.lamp : color.ink;
    context.fillRect(stretch.x, top, stretch.width, 2.5);
    if (end > p + 1) drawnTo = Math.max(drawnTo, stretch.x + stretch.width);
  }
}

function drawEvents(context: CanvasRenderingContext2D, scene: Scene, times: number[], y: number): void {
  for (const time of times) drawDiamond(context, scene, time, y + ROW_HEIGHT / 2, scene.palette.color.ink);
}

function drawLog(context: CanvasRenderingContext2D, scene: Scene, log: number, middle: number): void {
  if (!scene.logs) return;
  const { color } = scene.palette;
  drawDiamond(context, scene, scene.logs.place[log]!, middle, scene.logs.failed[log] === 1 ? color['error-mark'] : color['ink-2']);
}

function drawDiamond(context: CanvasRenderingContext2D, scene: Scene, place: number, middle: number, fill: string): void {
  const exact = toPixel(place, scene.zoom, scene.width);
  if (exact < -1 || exact > scene.width + 1) return;
  // At the very end it would be cut in half by the edge.
  const x = Math.min(Math.max(exact, 4), scene.width - 4);
  context.fillStyle = fill;
  context.strokeStyle = scene.palette.color['lamp-ground'];
  context.beginPath();
  context.moveTo(x, middle - 5);
  context.lineTo(x + 4, middle);
  context.lineTo(x, middle + 5);
  context.lineTo(x - 4, middle);
  context.closePath();
  context.fill();
  context.stroke();
}

function drawCuts(context: CanvasRenderingContext2D, { timeline, zoom, width, height, palette }: Scene): void {
  for (const cut of timeline.cuts) paintCut(context, cut, zoom, width, height, palette);
}
