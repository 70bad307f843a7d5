/** The logs page's question as URL parameters and as parameters of the API; one type for both. */
import { msToNano } from '../../../format/time';
import { readWindow, writeWindow, type Bounds, type TimeWindow } from '../../../ui/timeWindow';

export interface LogsQuery {
  /** In the search language. */
  query: string;
  window: TimeWindow;
  /** Keys of attributes whose values are counted beside the list. */
  facets: string[];
  wrap: boolean;
  live: boolean;
  /** The record that is open. */
  log: string;
}

export const DEFAULT_LOGS_QUERY: LogsQuery = { query: '', window: { last: '1h' }, facets: [], wrap: false, live: false, log: '' };

export function readLogsQuery(search: string): LogsQuery {
  const params = new URLSearchParams(search);
  return {
    query: params.get('query') ?? '',
    window: readWindow(params),
    facets: params.getAll('facet').slice(0, 8),
    wrap: params.get('wrap') === '1',
    live: params.get('live') === '1',
    log: params.get('log') ?? '',
  };
}

/** Writes into a copy of `search`, so parameters of others (the project) stay; defaults are left out. */
export function writeLogsQuery(query: LogsQuery, search: string): string {
  const params = new URLSearchParams(search);
  const put = (key: string, value: string) => (value ? params.set(key, value) : params.delete(key));
  put('query', query.query);
  writeWindow(query.window, params);
  params.delete('facet');
  for (const key of query.facets) params.append('facet', key);
  put('wrap', query.wrap ? '1' : '');
  put('live', query.live ? '1' : '');
  put('log', query.log);
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** The parameters of GET /api/logs, its histogram and its facets that say which. */
export function logParams(query: string, bounds: Bounds): string {
  const params = new URLSearchParams({ start: msToNano(bounds.startMs), end: msToNano(bounds.endMs) });
  if (query !== '') params.set('query', query);
  return params.toString();
}
