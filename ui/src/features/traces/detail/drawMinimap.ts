/** Every span as a line, at the height of its place in the trace; errors last, so that none is covered. */
import { slotOf, type Palette } from '../../../ui/colors';
import { STATUS_ERROR, type Trace } from '../model/tree';

const THICKEST = 4;
const MARGIN = 4;

export function drawMinimap(
  context: CanvasRenderingContext2D,
  trace: Trace,
  width: number,
  height: number,
  palette: Palette,
): void {
  const usable = height - 2 * MARGIN;
  const pitch = Math.min(usable / trace.count, THICKEST + 1);
  const thickness = Math.min(Math.max(pitch - 1, 1), THICKEST);
  const scale = width / trace.duration;
  const place = (p: number, least: number): [number, number, number, number] => {
    const length = Math.max(trace.span[p]! * scale, least);
    const x = Math.min(trace.start[p]! * scale, width - length);
    return [x, MARGIN + Math.floor(p * pitch), length, thickness];
  };
  context.globalAlpha = 0.85;
  for (const [service, positions] of byService(trace, pitch)) {
    context.fillStyle = palette.services[slotOf(trace.services[service]!)]!;
    for (const p of positions) context.fillRect(...place(p, 1));
  }
  context.globalAlpha = 1;
  context.fillStyle = palette.color['error-mark'];
  for (let p = 0; p < trace.count; p++) {
    if (trace.status[p] === STATUS_ERROR) context.fillRect(...place(p, 3));
  }
}

/** Far more spans than pixels: of those that share a line, enough are drawn to show its shape. */
const PER_LINE = 120;

function byService(trace: Trace, pitch: number): Map<number, number[]> {
  const every = Math.max(Math.floor(1 / pitch / PER_LINE), 1);
  const groups = new Map<number, number[]>();
  for (let p = 0; p < trace.count; p++) {
    // Long spans carry the shape; they are drawn whatever the sampling says.
    if (p % every !== 0 && trace.span[p]! * 200 < trace.duration) continue;
    const service = trace.service[p]!;
    const group = groups.get(service);
    if (group) group.push(p);
    else groups.set(service, [p]);
  }
  return groups;
}
