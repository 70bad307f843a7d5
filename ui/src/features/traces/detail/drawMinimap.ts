/** Every span as a line, at the height of its place in the trace; errors last, so that none is covered. */
import { slotOf, type Palette } from '../../../ui/colors';
import { fullZoom } from '../model/layout';
import type { Timeline } from '../model/timeline';
import { STATUS_ERROR, type Trace } from '../model/tree';
import { paintCut } from './paintCut';

/** An error is a cap, as it is on the bars: a trace that failed from top to bottom would be nothing but red. */
const LEAST_ERROR = 3;
const MOST_ERROR = 6;
const THICKEST = 4;
const MARGIN = 4;

/**
 * Written straight into pixels: 100,000 calls of fillRect hold the page for over half a second without a GPU,
 * filling the same pixels takes a few milliseconds.
 */
export function drawMinimap(canvas: HTMLCanvasElement, trace: Trace, timeline: Timeline, palette: Palette): void {
  const context = canvas.getContext('2d');
  const { width, height } = canvas;
  if (!context || width === 0 || height === 0 || trace.count === 0) return;
  const ratio = window.devicePixelRatio || 1;
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const colors = trace.services.map((service) => packColor(palette.services[slotOf(service)]!));
  const errorColor = packColor(palette.color['error-mark']);
  const margin = MARGIN * ratio;
  const pitch = Math.min((height - 2 * margin) / trace.count, (THICKEST + 1) * ratio);
  const thickness = Math.max(Math.round(Math.min(pitch - ratio, THICKEST * ratio)), Math.round(ratio));
  const scale = width / timeline.duration;

  const fill = (p: number, color: number, least: number, most: number) => {
    const length = Math.min(Math.max(Math.round(timeline.span[p]! * scale), least), most);
    const x = Math.max(Math.min(Math.floor(timeline.start[p]! * scale), width - length), 0);
    const y = Math.floor(margin + p * pitch);
    for (let line = y; line < Math.min(y + thickness, height); line++) {
      pixels.fill(color, line * width + x, Math.min(line * width + x + length, (line + 1) * width));
    }
  };
  for (let p = 0; p < trace.count; p++) fill(p, colors[trace.service[p]!]!, 1, width);
  for (let p = 0; p < trace.count; p++) if (trace.status[p] === STATUS_ERROR) fill(p, errorColor, LEAST_ERROR, MOST_ERROR * ratio);
  context.putImageData(image, 0, 0);
  const whole = fullZoom(timeline.duration);
  for (const cut of timeline.cuts) paintCut(context, cut, whole, width / ratio, height / ratio, palette);
}

/** "rgb(1, 2, 3)" as the bytes of one opaque little-endian RGBA pixel. */
function packColor(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
