/** What traces used, by slices of time. */
import type { TraceSummary } from '../../../api/types';
import { nanoToMs } from '../../../format/time';

export interface Slice {
  startMs: number;
  traces: number;
  errors: number;
  input: number;
  output: number;
  /** US dollars of the traces whose cost is known. */
  cost: number;
}

export interface Usage {
  slices: Slice[];
  sliceMs: number;
}

const MINUTE = 60_000;
const WIDTHS = [1, 5, 15, 60, 180, 720, 1440, 7 * 1440].map((minutes) => minutes * MINUTE);
/** On a narrow screen a bar is then four pixels wide. */
const MOST_SLICES = 60;
/** One bar as wide as the page would say nothing of time. */
const LEAST_SLICES = 12;

/** A trace counts where it began. Slices begin at whole multiples of their width in UTC, empty ones are among them. */
export function usageOf(traces: readonly TraceSummary[], startMs: number, endMs: number): Usage {
  const sliceMs = WIDTHS.find((width) => Math.floor(endMs / width) - Math.floor(startMs / width) < MOST_SLICES) ?? WIDTHS.at(-1)!;
  const last = Math.floor(endMs / sliceMs);
  const first = Math.min(Math.floor(startMs / sliceMs), last - LEAST_SLICES + 1);
  const count = last - first + 1;
  const slices = Array.from({ length: count }, (_, at): Slice => ({
    startMs: (first + at) * sliceMs, traces: 0, errors: 0, input: 0, output: 0, cost: 0,
  })); // prettier-ignore
  for (const trace of traces) {
    const slice = slices[Math.floor(nanoToMs(trace.start_time_unix_nano) / sliceMs) - first];
    if (!slice) continue;
    slice.traces++;
    slice.errors += trace.error_count;
    slice.input += trace.input_tokens;
    slice.output += trace.output_tokens;
    slice.cost += trace.cost ?? 0;
  }
  return { slices, sliceMs };
}
