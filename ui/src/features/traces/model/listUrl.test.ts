import { describe, expect, it } from 'vitest';
import { DEFAULT_QUERY, boundsOf, filterParams, nextSort, readAttribute, readQuery, widerWindows, writeQuery, type TraceQuery } from './listUrl';

const FULL: TraceQuery = {
  service: 'cart & co',
  name: 'GET /a?b=c',
  status: 'error',
  minDuration: '250ms',
  maxDuration: '1.5s',
  attributes: [
    { key: 'http.route', value: '/a=b' },
    { key: 'user', value: 'ü 1' },
  ],
  text: 'timeout #7',
  window: { fromMs: 1764000000000, toMs: 1764000060000 },
  sort: '-duration',
  live: true,
};

describe('widerWindows', () => {
  it('never offers a window that shows less', () => {
    expect(widerWindows({ last: '1h' })).toEqual(['24h', '7d']);
    expect(widerWindows({ last: '24h' })).toEqual(['7d']);
    expect(widerWindows({ last: '7d' })).toEqual([]);
    expect(widerWindows({ fromMs: 0, toMs: 1 })).toEqual(['24h', '7d']);
  });
});

describe('trace query in the URL', () => {
  it('reads back what it wrote, and keeps parameters of others', () => {
    const search = writeQuery(FULL, '?project=shop&service=old');
    expect(readQuery(search)).toEqual(FULL);
    expect(search).toContain('project=shop');
  });

  it('is empty for the default question', () => {
    expect(writeQuery(DEFAULT_QUERY, '')).toBe('');
    expect(readQuery('')).toEqual(DEFAULT_QUERY);
  });

  it.each(['?last=3y', '?from=9&to=3', '?sort=rank', '?status=maybe', '?attribute=novalue'])('ignores %s', (search) => {
    expect(readQuery(search)).toEqual(DEFAULT_QUERY);
  });
});

describe('filterParams', () => {
  it('asks the API in nanoseconds and repeats attributes', () => {
    const params = filterParams(FULL, boundsOf(FULL.window, 0));
    expect(params.get('start')).toBe('1764000000000000000');
    expect(params.get('end')).toBe('1764000060000000000');
    expect(params.get('min_duration')).toBe('250000000');
    expect(params.get('max_duration')).toBe('1500000000');
    expect(params.getAll('attribute')).toEqual(['http.route=/a=b', 'user=ü 1']);
  });

  it('leaves out what is not set or cannot be read', () => {
    const params = filterParams({ ...DEFAULT_QUERY, minDuration: 'fast' }, { startMs: 0, endMs: 1 });
    expect([...params.keys()]).toEqual(['start', 'end']);
  });
});

it('counts a relative window back from now', () => {
  expect(boundsOf({ last: '15m' }, 1_000_000)).toEqual({ startMs: 100_000, endMs: 1_000_000 });
});

it('splits an attribute at the first equals sign', () => {
  expect(readAttribute('a.b = c=d')).toEqual({ key: 'a.b', value: 'c=d' });
  expect(readAttribute('=x')).toBeNull();
});

it('turns a sort where the API has both directions', () => {
  expect(nextSort('-start', 'duration')).toBe('-duration');
  expect(nextSort('-duration', 'duration')).toBe('duration');
  expect(nextSort('-errors', 'errors')).toBe('-errors');
});
