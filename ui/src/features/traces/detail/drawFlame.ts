/** Paints the bands of the flame view that are on screen. */
import { spanTitle } from '../../../format/name';
import { formatCompact } from '../../../format/number';
import { CANVAS_FONT } from '../../../ui/canvas';
import { readableOn, slotOf, type Palette } from '../../../ui/colors';
import { firstOf, type Category, type CriticalPath } from '../model/criticalPath';
import type { Flame } from '../model/flame';
import { NARROWEST_BAR, placeBar, toPixel, type Bar, type Zoom } from '../model/layout';
import type { Matches } from '../model/search';
import type { Timeline } from '../model/timeline';
import { STATUS_ERROR, type Trace } from '../model/tree';
import { BAND_BAR, BAND_HEIGHT } from './geometry';
import { paintCut } from './paintCut';

export interface FlameScene {
  trace: Trace;
  timeline: Timeline;
  flame: Flame;
  zoom: Zoom;
  width: number;
  height: number;
  scrollTop: number;
  ticks: number[];
  selected: number;
  hovered: number;
  matches: Matches;
  path: CriticalPath;
  category: Category | null;
  isFolded: (p: number) => boolean;
  palette: Palette;
}

/** A name is not written into less than this. */
const LEAST_LABEL = 26;
const PAD = 4;

export function drawFlame(context: CanvasRenderingContext2D, scene: FlameScene): void {
  const { timeline, flame, zoom, width, height, scrollTop, palette } = scene;
  context.fillStyle = palette.color['line-soft'];
  for (const tick of scene.ticks) context.fillRect(Math.round(toPixel(tick, zoom, width)), 0, 1, height);
  for (const cut of timeline.cuts) paintCut(context, cut, zoom, width, height, palette);
  context.font = CANVAS_FONT;
  context.textBaseline = 'middle';
  const painter = new Painter(context, scene);
  const last = Math.min(Math.ceil((scrollTop + height) / BAND_HEIGHT), flame.height);
  for (let band = Math.floor(scrollTop / BAND_HEIGHT); band < last; band++) painter.paintBand(band, band * BAND_HEIGHT - scrollTop);
  painter.outline(scene.hovered, palette.color['ink-2'], 1);
  painter.outline(scene.selected, palette.color.lamp, 2);
}

class Painter {
  private readonly fills: string[];
  private readonly inks: string[];
  private readonly searching: boolean;
  private readonly nameWidths = new Map<number, number>();

  constructor(
    private readonly context: CanvasRenderingContext2D,
    private readonly scene: FlameScene,
  ) {
    const { trace, palette } = scene;
    this.fills = trace.services.map((service) => palette.services[slotOf(service)]!);
    this.inks = this.fills.map((fill) => readableOn(fill, [palette.color.surface, palette.color.ink]));
    this.searching = scene.matches.positions.length > 0;
  }

  /** Bars that end within the pixel that is painted already are passed over, but for their error marks. */
  paintBand(band: number, y: number): void {
    const { trace, timeline, flame, zoom, width, palette } = this.scene;
    const scale = width / (zoom.to - zoom.from);
    const end = flame.first[band + 1]!;
    let paintedTo = -Infinity;
    let markedTo = -Infinity;
    for (let i = firstInRange(flame, timeline, band, zoom.from); i < end; i++) {
      const p = flame.spans[i]!;
      const start = timeline.start[p]!;
      if (start > zoom.to) break;
      const right = (start + timeline.span[p]! - zoom.from) * scale;
      const failed = trace.status[p] === STATUS_ERROR;
      if (right <= paintedTo && !(failed && right > markedTo)) continue;
      const bar = placeBar(start, timeline.span[p]!, zoom, width);
      if (!bar) continue;
      if (right > paintedTo) {
        this.paintBar(p, bar, y);
        // A gap of half a pixel keeps wide neighbours apart without making narrow ones vanish.
        paintedTo = bar.x + (bar.width > NARROWEST_BAR ? bar.width : 1);
      }
      if (failed) {
        this.context.fillStyle = palette.color['error-mark'];
        this.context.fillRect(bar.x, y, Math.min(4, Math.max(bar.width, 2)), BAND_BAR);
        markedTo = bar.x + 4;
      }
    }
  }

  private paintBar(p: number, bar: Bar, y: number): void {
    const { context, scene } = this;
    const service = scene.trace.service[p]!;
    const dimmed = this.searching && scene.matches.is[p] === 0;
    context.globalAlpha = dimmed ? 0.3 : 1;
    context.fillStyle = this.fills[service]!;
    context.fillRect(bar.x, y, Math.max(bar.width - (bar.width > 3 ? 1 : 0), 1), BAND_BAR);
    if (bar.width >= LEAST_LABEL) this.paintLabel(p, bar, y, dimmed ? scene.palette.color.ink : this.inks[service]!);
    context.globalAlpha = 1;
    this.paintPath(p, y);
  }

  private paintLabel(p: number, bar: Bar, y: number, ink: string): void {
    const { context, scene } = this;
    const { trace } = scene;
    const failed = trace.status[p] === STATUS_ERROR;
    const left = Math.max(bar.x, 0) + PAD + (failed ? 4 : 0);
    const room = Math.min(bar.x + bar.width, scene.width) - left - PAD;
    const folded = scene.isFolded(p) ? `  +${formatCompact(trace.size[p]! - 1)}` : '';
    const title = spanTitle(trace.names[trace.name[p]!]!);
    const text = folded + title;
    const full = folded ? context.measureText(text).width : this.widthOf(trace.name[p]!, title);
    const shown = full <= room ? title + folded : shorten(title, full, room);
    if (shown === '') return;
    context.fillStyle = ink;
    context.fillText(shown, left, y + BAND_BAR / 2 + 0.5);
  }

  private widthOf(name: number, title: string): number {
    let width = this.nameWidths.get(name);
    if (width === undefined) this.nameWidths.set(name, (width = this.context.measureText(title).width));
    return width;
  }

  private paintPath(p: number, y: number): void {
    const { context, scene } = this;
    const { path, trace, zoom, width } = scene;
    if (path.owner.length === 0) return;
    const end = scene.isFolded(p) ? p + trace.size[p]! : p + 1;
    let drawnTo = -1;
    for (let i = firstOf(path, p); i < path.owner.length && path.owner[i]! < end; i++) {
      const stretch = placeBar(path.from[i]!, path.to[i]! - path.from[i]!, zoom, width);
      if (!stretch || (stretch.x >= 0 && stretch.x + stretch.width <= drawnTo)) continue;
      const marked = scene.category !== null && path.category[i] === scene.category;
      context.fillStyle = marked ? scene.palette.color.lamp : scene.palette.color.ink;
      context.fillRect(stretch.x, y + BAND_BAR - 1, stretch.width, 2.5);
      if (end > p + 1) drawnTo = stretch.x + stretch.width;
    }
  }

  outline(p: number, color: string, thickness: number): void {
    const { context, scene } = this;
    const band = p < 0 ? -1 : scene.flame.band[p]!;
    const bar = band < 0 ? null : placeBar(scene.timeline.start[p]!, scene.timeline.span[p]!, scene.zoom, scene.width);
    if (!bar) return;
    context.strokeStyle = color;
    context.lineWidth = thickness;
    const y = band * BAND_HEIGHT - scene.scrollTop;
    context.strokeRect(bar.x + 0.5, y + 0.5, Math.max(bar.width - 1, 2), BAND_BAR - 1);
  }
}

/** Bars of a band do not overlap, so their ends rise like their starts. */
function firstInRange(flame: Flame, { start, span }: Timeline, band: number, from: number): number {
  let low = flame.first[band]!;
  let high = flame.first[band + 1]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    const p = flame.spans[middle]!;
    if (start[p]! + span[p]! < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

function shorten(text: string, full: number, room: number): string {
  const fits = Math.floor((room / full) * text.length) - 1;
  return fits < 2 ? '' : `${text.slice(0, fits)}…`;
}
