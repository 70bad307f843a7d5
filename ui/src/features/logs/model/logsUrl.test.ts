import { describe, expect, it } from 'vitest';
import { DEFAULT_LOGS_QUERY, logParams, readLogsQuery, writeLogsQuery, type LogsQuery } from './logsUrl';

const FULL: LogsQuery = {
  query: 'severity = ERROR and "no funds"',
  window: { last: '6h' },
  facets: ['card.type', 'region'],
  wrap: true,
  live: true,
  log: '17-ab',
};

describe('logs query in the URL', () => {
  it('reads back what it wrote, and keeps parameters of others', () => {
    const search = writeLogsQuery(FULL, '?project=shop&facet=old');
    expect(readLogsQuery(search)).toEqual(FULL);
    expect(search).toContain('project=shop');
  });

  it('is empty for the default question', () => {
    expect(writeLogsQuery(DEFAULT_LOGS_QUERY, '')).toBe('');
    expect(readLogsQuery('?last=3y')).toEqual(DEFAULT_LOGS_QUERY);
  });

  it('asks the API in nanoseconds', () => {
    expect(logParams('a b', { startMs: 1, endMs: 2 })).toBe('start=1000000&end=2000000&query=a+b');
  });
});
