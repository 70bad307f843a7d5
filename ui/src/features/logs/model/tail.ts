/**
 * What has arrived, from answers that overlap: batches are not stored in the order they arrive in, so each answer repeats
 * the last seconds of the one before. Records are told apart by id, those alike in everything by how many there are.
 */
import type { LogRecord, LogTail } from '../../../api/types';

export interface Tail {
  /** The last to arrive first. */
  rows: LogRecord[];
  /** How many of each id the last answer, or the list, had. */
  known: ReadonlyMap<string, number>;
  since: string;
  /** Of the last answer. */
  added: number;
  /** Records that came too fast to be shown. */
  missed: number;
  at: number;
}

/** Older rows of a tail are left to the list, which is asked anew when the tail ends. */
const MOST_ROWS = 2000;

export const NO_TAIL: Tail = { rows: [], known: new Map(), since: '', added: 0, missed: 0, at: 0 };

/** `listed` are the ids that the list below already shows. */
export function arrived(tail: Tail, answer: LogTail, listed: ReadonlyMap<string, number>, at: number): Tail {
  const counts = countOf(answer.logs);
  const isFirst = tail.since === '';
  const left = new Map<string, number>();
  for (const [id, count] of counts) left.set(id, count - Math.max(tail.known.get(id) ?? 0, listed.get(id) ?? 0));
  const added = answer.logs.filter(({ log_id: id }) => {
    const more = left.get(id) ?? 0;
    left.set(id, more - 1);
    return more > 0;
  });
  return {
    rows: [...added, ...tail.rows].slice(0, MOST_ROWS),
    known: counts,
    since: answer.since_time_unix_nano,
    added: added.length,
    missed: tail.missed + (isFirst || added.length < answer.logs.length ? 0 : answer.total - answer.logs.length),
    at,
  };
}

export function countOf(records: LogRecord[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { log_id: id } of records) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
