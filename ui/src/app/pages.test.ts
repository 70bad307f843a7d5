import { describe, expect, it } from 'vitest';
import { PAGES, fittingLinks, pageOf } from './pages';

describe('the navigation', () => {
  it('gives every page a key of its own', () => {
    const keys = PAGES.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([
    ['/', 'Traces'],
    ['/trace/0102', 'Traces'],
    ['/compare', 'Traces'],
    ['/ingest', 'Ingest'],
    ['/ingest/more', 'Ingest'],
  ])('%s belongs to %s', (path, label) => expect(pageOf(path)?.label).toBe(label));

  it('knows no page for an address that leads nowhere', () => {
    expect(pageOf('/ingestx')).toBeUndefined();
    expect(pageOf('/no/such')).toBeUndefined();
  });
});

describe('fittingLinks', () => {
  it.each([
    ['all, without room for "More"', 158, 3],
    ['all but what "More" takes the room of', 157, 1],
    ['none where there is no room at all', 10, 0],
  ])('%s', (_, available, count) => expect(fittingLinks([50, 50, 50], 4, available, 60)).toBe(count));

  it('never shows a link that would be cut', () => expect(fittingLinks([50, 50, 90], 4, 168, 60)).toBe(2));
});
