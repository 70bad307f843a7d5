/** The trace list's question as URL parameters and as parameters of the API; one type for both. */
import { msToNano } from '../../../format/time';
import { readWindow, writeWindow, type Bounds, type TimeWindow } from '../../../ui/timeWindow';

export const SORTS = ['-start', 'start', '-duration', 'duration', '-spans', '-errors'] as const;
export type Sort = (typeof SORTS)[number];

export const VIEWS = ['traces', 'spans'] as const;
export type View = (typeof VIEWS)[number];

export interface TraceQuery {
  /** In the search language; the only filter there is. */
  query: string;
  view: View;
  window: TimeWindow;
  sort: Sort;
  live: boolean;
}

export const DEFAULT_QUERY: TraceQuery = {
  query: '',
  view: 'traces',
  window: { last: '1h' },
  sort: '-start',
  live: false,
};

function oneOf<T extends string>(values: readonly T[], text: string | null): T | null {
  return values.includes(text as T) ? (text as T) : null;
}

export function readQuery(search: string): TraceQuery {
  const params = new URLSearchParams(search);
  return {
    query: params.get('query') ?? '',
    view: oneOf(VIEWS, params.get('view')) ?? DEFAULT_QUERY.view,
    window: readWindow(params),
    sort: oneOf(SORTS, params.get('sort')) ?? DEFAULT_QUERY.sort,
    live: params.get('live') === '1',
  };
}

/** Writes into a copy of `search`, so parameters of others (the project) stay; defaults are left out. */
export function writeQuery(query: TraceQuery, search: string): string {
  const params = new URLSearchParams(search);
  const put = (key: string, value: string) => (value ? params.set(key, value) : params.delete(key));
  put('query', query.query);
  put('view', query.view === DEFAULT_QUERY.view ? '' : query.view);
  writeWindow(query.window, params);
  put('sort', query.sort === DEFAULT_QUERY.sort ? '' : query.sort);
  put('live', query.live ? '1' : '');
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** The parameters of GET /api/traces and GET /api/spans that say which. */
export function filterParams({ query }: TraceQuery, bounds: Bounds): URLSearchParams {
  const params = new URLSearchParams({ start: msToNano(bounds.startMs), end: msToNano(bounds.endMs) });
  if (query !== '') params.set('query', query);
  return params;
}

/** Clicking a column sorts by it, largest first; clicking again turns it where the API can. */
export function nextSort(current: Sort, column: 'start' | 'duration' | 'spans' | 'errors'): Sort {
  const down = `-${column}` as Sort;
  return current === down ? (oneOf(SORTS, column) ?? down) : down;
}
