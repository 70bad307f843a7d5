/** The band of a cut in the axis, the same on every canvas: slanted lines between two edges. */
import type { Palette } from '../../../ui/colors';
import { toPixel, type Zoom } from '../model/layout';
import type { Cut } from '../model/timeline';

const SLANT = 6;

export function paintCut(
  context: CanvasRenderingContext2D,
  cut: Cut,
  zoom: Zoom,
  width: number,
  height: number,
  { color }: Palette,
): void {
  const left = toPixel(cut.bandFrom, zoom, width);
  const right = toPixel(cut.bandTo, zoom, width);
  if (right < 0 || left > width) return;
  context.save();
  context.beginPath();
  context.rect(left, 0, right - left, height);
  context.clip();
  context.fillStyle = color.shade;
  context.fillRect(left, 0, right - left, height);
  context.strokeStyle = color['line-strong'];
  context.globalAlpha = 0.45;
  context.lineWidth = 1;
  context.beginPath();
  for (let y = -width; y < height; y += SLANT) {
    context.moveTo(left, y + (right - left));
    context.lineTo(right, y);
  }
  context.stroke();
  context.globalAlpha = 1;
  context.fillStyle = color['line-strong'];
  context.fillRect(Math.round(left), 0, 1, height);
  context.fillRect(Math.round(right) - 1, 0, 1, height);
  context.restore();
}
