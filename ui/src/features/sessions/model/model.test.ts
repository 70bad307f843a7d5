import { describe, expect, it } from 'vitest';
import type { TraceSummary } from '../../../api/types';
import { msToNano } from '../../../format/time';
import { activityParams, idIn, readActivity, sessionPath, writeActivity } from './activityUrl';
import { usageOf } from './usage';

describe('the question in the URL', () => {
  it('reads back what it wrote, and leaves the project alone', () => {
    const search = '?project=shop&q=conv&sort=-tokens&last=24h';
    expect(writeActivity(readActivity(search), search)).toBe(search);
  });

  it('asks the API for the window and the sort', () => {
    const query = readActivity('?sort=-errors&last=15m&q=a');
    expect(activityParams(query, 1_000_000).toString()).toBe('start=100000000000&end=1000000000000&sort=-errors&q=a');
  });

  it.each(['a/b', 'a b?c#d', '100%', 'ä'])('keeps an id of any characters: %s', (id) => {
    expect(idIn(sessionPath(id), '/sessions/')).toBe(id);
  });

  it('takes an id that escapes nothing as it is', () => expect(idIn('/users/100%', '/users/')).toBe('100%'));
});

const HOUR = 3_600_000;

const trace = (atMs: number, input: number, output: number, errors = 0) =>
  ({
    start_time_unix_nano: msToNano(atMs), input_tokens: input, output_tokens: output, error_count: errors,
    cost: input > 9 ? 0.5 : null,
  }) as TraceSummary; // prettier-ignore

describe('usageOf', () => {
  it('counts a trace in the slice it began in, and keeps empty slices', () => {
    const from = 20 * HOUR;
    const usage = usageOf([trace(from, 10, 1), trace(from + 1, 5, 1, 2), trace(from + 20 * HOUR, 7, 0)], from, from + 20 * HOUR);
    expect(usage.sliceMs).toBe(HOUR);
    expect(usage.slices.length).toBe(21);
    expect(usage.slices[0]).toEqual({ startMs: from, traces: 2, errors: 2, input: 15, output: 2, cost: 0.5 });
    expect(usage.slices[1]).toMatchObject({ traces: 0, input: 0 });
    expect(usage.slices[20]).toMatchObject({ traces: 1, input: 7 });
  });

  it('does not draw one bar as wide as the page', () => {
    const { slices } = usageOf([trace(HOUR, 1, 1)], HOUR, HOUR + 5);
    expect(slices.length).toBe(12);
    expect(slices.at(-1)).toMatchObject({ startMs: HOUR, traces: 1 });
  });
});
