/** What stands beside a bar, or on it: duration, number of events, and for a model call the model and its tokens. */
import { formatDuration } from '../../../format/duration';
import { formatCompact } from '../../../format/number';
import { readableOn, type Palette } from '../../../ui/colors';
import type { Bar } from '../model/layout';
import type { Trace } from '../model/tree';

/** Signs the page's fonts lack are drawn; a canvas would take them from any font of the machine. */
type Sign = 'arrow' | 'diamond';
type Run = string | { sign: Sign };

interface Label {
  trace: Trace;
  p: number;
  bar: Bar;
  width: number;
  palette: Palette;
  /** The bar's colour, which a label may stand on. */
  fill: string;
  dimmed: boolean;
}

const PAD = 6;
const SIGN_WIDTH: Record<Sign, number> = { arrow: 17, diamond: 12 };

/** Duration and pill where they fit, else the duration alone, else nothing: a cut number would be a wrong one. */
export function drawLabel(context: CanvasRenderingContext2D, label: Label, middle: number): void {
  const { trace, p, bar, width, palette, fill, dimmed } = label;
  const text = textRuns(trace, p);
  const textWidth = measure(context, text);
  let pill = pillRuns(trace, p);
  const pillWidth = pill.length > 0 ? measure(context, pill) + 3 * PAD : 0;
  let place = placeLabel(bar, textWidth + pillWidth, width);
  if (!place && pill.length > 0) {
    pill = [];
    place = placeLabel(bar, textWidth, width);
  }
  if (!place) return;
  const { color } = palette;
  context.fillStyle = place.inside && !dimmed ? readableOn(fill, [color.surface, color.ink]) : color['ink-2'];
  write(context, text, place.x, middle);
  if (pill.length > 0) drawPill(context, pill, place.x + textWidth + PAD, middle, color, place.inside);
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
  runs: Run[],
  x: number,
  middle: number,
  color: Palette['color'],
  inside: boolean,
): void {
  const width = measure(context, runs) + 2 * PAD;
  context.beginPath();
  context.roundRect(x + 0.5, middle - 7.5, width, 15, 7);
  context.fillStyle = color.raised;
  context.fill();
  context.strokeStyle = inside ? color.raised : color['line-strong'];
  context.lineWidth = 1;
  context.stroke();
  context.fillStyle = color.ink;
  write(context, runs, x + PAD, middle);
}

function textRuns(trace: Trace, p: number): Run[] {
  const events = trace.eventCount[p]!;
  const duration = formatDuration(trace.span[p]!);
  return events > 0 ? [`${duration}  `, { sign: 'diamond' }, String(events)] : [duration];
}

function pillRuns(trace: Trace, p: number): Run[] {
  const model = trace.models[trace.model[p]!] ?? '';
  const input = trace.inputTokens[p]!;
  const output = trace.outputTokens[p]!;
  if (input + output === 0) return model ? [model] : [];
  return [`${model}${model && '  '}${formatCompact(input)}`, { sign: 'arrow' }, formatCompact(output)];
}

function widthOf(context: CanvasRenderingContext2D, run: Run): number {
  return typeof run === 'string' ? context.measureText(run).width : SIGN_WIDTH[run.sign];
}

function measure(context: CanvasRenderingContext2D, runs: Run[]): number {
  return runs.reduce((sum, run) => sum + widthOf(context, run), 0);
}

function write(context: CanvasRenderingContext2D, runs: Run[], from: number, middle: number): void {
  let x = from;
  for (const run of runs) {
    if (typeof run === 'string') context.fillText(run, x, middle + 0.5);
    else SIGNS[run.sign](context, x, middle);
    x += widthOf(context, run);
  }
}

const SIGNS: Record<Sign, (context: CanvasRenderingContext2D, x: number, middle: number) => void> = {
  arrow: (context, x, middle) => {
    const tip = x + SIGN_WIDTH.arrow - 4;
    context.fillRect(x + 4, middle - 0.5, tip - x - 5, 1);
    context.beginPath();
    context.moveTo(tip, middle);
    context.lineTo(tip - 4, middle - 2.5);
    context.lineTo(tip - 4, middle + 2.5);
    context.fill();
  },
  diamond: (context, x, middle) => {
    context.beginPath();
    context.moveTo(x, middle);
    context.lineTo(x + 3.5, middle - 3.5);
    context.lineTo(x + 7, middle);
    context.lineTo(x + 3.5, middle + 3.5);
    context.fill();
  },
};
