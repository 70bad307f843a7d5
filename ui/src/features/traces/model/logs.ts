/** Log records of a trace beside its spans: whose they are, and how one is named in a URL. */
import type { Trace } from './tree';

export interface LogTime {
  span_id: string;
  /** Nanoseconds after the trace's start. */
  start: number;
  time_unix_nano: string;
}

export interface PlacedLogs {
  count: number;
  start: Float64Array;
  /** Position of the span that each record names; -1 where the trace does not hold it. */
  owner: Int32Array;
  /** Records of span p are byOwner[first[p + 1] .. first[p + 2]], by time; those of no span come first. */
  first: Int32Array;
  byOwner: Int32Array;
}

/** `logs` are in the order of time. */
export function placeLogs(trace: Trace, logs: readonly LogTime[]): PlacedLogs {
  const positions = new Map<string, number>();
  // Backwards: of spans that share an id the first one is found, as by a link.
  if (logs.length > 0) for (let p = trace.count - 1; p >= 0; p--) positions.set(trace.spanId[p]!, p);
  const owner = Int32Array.from(logs, ({ span_id }) => positions.get(span_id) ?? -1);
  const first = new Int32Array(trace.count + 2);
  for (const p of owner) first[p + 2]!++;
  for (let i = 1; i < first.length; i++) first[i]! += first[i - 1]!;
  const next = first.slice();
  const byOwner = new Int32Array(logs.length);
  owner.forEach((p, log) => (byOwner[next[p + 1]!++] = log));
  return { count: logs.length, start: Float64Array.from(logs, ({ start }) => start), owner, first, byOwner };
}

/** Its time, and how many of the same time come before it; a record has no id. */
export function nameLog(logs: readonly LogTime[], log: number): string {
  const time = logs[log]!.time_unix_nano;
  let nth = 0;
  while (logs[log - nth - 1]?.time_unix_nano === time) nth++;
  return nth > 0 ? `${time}.${nth}` : time;
}

export function findLog(logs: readonly LogTime[], name: string | null): number {
  if (name === null) return -1;
  const [time, nth = '0'] = name.split('.');
  const first = logs.findIndex(({ time_unix_nano }) => time_unix_nano === time);
  const log = first + Number(nth);
  return first >= 0 && logs[log]?.time_unix_nano === time ? log : first;
}
