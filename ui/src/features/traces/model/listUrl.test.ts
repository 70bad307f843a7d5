import { describe, expect, it } from 'vitest';
import { boundsOf } from '../../../ui/timeWindow';
import { DEFAULT_QUERY, filterParams, nextSort, readQuery, writeQuery, type TraceQuery } from './listUrl';

const FULL: TraceQuery = {
  query: 'service = "cart & co" and http.route ~ "^/a?b=c" ü #7',
  view: 'spans',
  window: { fromMs: 1764000000000, toMs: 1764000060000 },
  sort: '-duration',
  live: true,
};

describe('trace query in the URL', () => {
  it('reads back what it wrote, and keeps parameters of others', () => {
    const search = writeQuery(FULL, '?project=shop&query=old');
    expect(readQuery(search)).toEqual(FULL);
    expect(search).toContain('project=shop');
  });

  it('is empty for the default question', () => {
    expect(writeQuery(DEFAULT_QUERY, '')).toBe('');
    expect(readQuery('')).toEqual(DEFAULT_QUERY);
  });

  it.each(['?last=3y', '?from=9&to=3', '?sort=rank', '?view=maybe'])('ignores %s', (search) => {
    expect(readQuery(search)).toEqual(DEFAULT_QUERY);
  });
});

describe('filterParams', () => {
  it('asks the API in nanoseconds, in the words of the reader', () => {
    const params = filterParams(FULL, boundsOf(FULL.window, 0));
    expect(params.get('start')).toBe('1764000000000000000');
    expect(params.get('end')).toBe('1764000060000000000');
    expect(params.get('query')).toBe(FULL.query);
  });

  it('leaves out what is not set', () => {
    const params = filterParams(DEFAULT_QUERY, { startMs: 0, endMs: 1 });
    expect([...params.keys()]).toEqual(['start', 'end']);
  });
});

it('turns a sort where the API has both directions', () => {
  expect(nextSort('-start', 'duration')).toBe('-duration');
  expect(nextSort('-duration', 'duration')).toBe('duration');
  expect(nextSort('-errors', 'errors')).toBe('-errors');
});
