import { describe, expect, it } from 'vitest';
import type { LogRecord, LogTail } from '../../../api/types';
import { NO_TAIL, arrived, countOf } from './tail';

const record = (id: string) => ({ log_id: id }) as LogRecord;
const answer = (ids: string[], since: string, total = ids.length): LogTail => ({ logs: ids.map(record), total, since_time_unix_nano: since });
const NONE = new Map<string, number>();

const idsOf = (rows: LogRecord[]) => rows.map(({ log_id }) => log_id);

describe('arrived', () => {
  it('adds what is new on top, and nothing twice, though answers overlap', () => {
    let tail = arrived(NO_TAIL, answer(['b', 'a'], '2'), NONE, 1);
    tail = arrived(tail, answer(['d', 'late', 'b', 'a'], '4'), NONE, 2);
    expect(idsOf(tail.rows)).toEqual(['d', 'late', 'b', 'a']);
    expect([tail.added, tail.since, tail.missed]).toEqual([2, '4', 0]);
  });

  it('keeps records that are alike in everything apart by their number', () => {
    const first = arrived(NO_TAIL, answer(['a'], '1'), NONE, 1);
    expect(idsOf(arrived(first, answer(['a', 'a', 'a'], '1'), NONE, 2).rows)).toEqual(['a', 'a', 'a']);
  });

  it('leaves out what the list shows', () => {
    const listed = countOf([record('a'), record('b')]);
    expect(idsOf(arrived(NO_TAIL, answer(['c', 'b'], '3'), listed, 1).rows)).toEqual(['c']);
  });

  it('says how many came too fast', () => {
    const first = arrived(NO_TAIL, answer(['a'], '1'), NONE, 1);
    expect(arrived(first, answer(['c', 'b'], '2', 9), NONE, 2).missed).toBe(7);
  });
});
