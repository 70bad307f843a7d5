/** The trace list's question as URL parameters and as parameters of the API; one type for both. */
import { parseDuration } from '../../../format/duration';
import { msToNano } from '../../../format/time';

export const RELATIVE_WINDOWS = ['5m', '15m', '1h', '6h', '24h', '7d'] as const;
export type RelativeWindow = (typeof RELATIVE_WINDOWS)[number];

export type TimeWindow = { last: RelativeWindow } | { fromMs: number; toMs: number };

/** Up to two windows that reach further back, the widest among them. */
export function widerWindows(window: TimeWindow): RelativeWindow[] {
  const at = 'last' in window ? RELATIVE_WINDOWS.indexOf(window.last) : -1;
  return RELATIVE_WINDOWS.slice(at + 1).slice(-2);
}

export const SORTS = ['-start', 'start', '-duration', 'duration', '-spans', '-errors'] as const;
export type Sort = (typeof SORTS)[number];

export const STATUSES = ['ok', 'error', 'unset'] as const;
export type Status = (typeof STATUSES)[number];

export interface AttributeFilter {
  key: string;
  value: string;
}

export interface TraceQuery {
  service: string;
  name: string;
  status: Status | '';
  /** As typed, so that "250ms" stays "250ms" in the URL. */
  minDuration: string;
  maxDuration: string;
  attributes: AttributeFilter[];
  text: string;
  window: TimeWindow;
  sort: Sort;
  live: boolean;
}

export const DEFAULT_QUERY: TraceQuery = {
  service: '',
  name: '',
  status: '',
  minDuration: '',
  maxDuration: '',
  attributes: [],
  text: '',
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
    service: params.get('service') ?? '',
    name: params.get('name') ?? '',
    status: oneOf(STATUSES, params.get('status')) ?? '',
    minDuration: params.get('min') ?? '',
    maxDuration: params.get('max') ?? '',
    attributes: params.getAll('attribute').flatMap((text) => readAttribute(text) ?? []),
    text: params.get('q') ?? '',
    window: readWindow(params),
    sort: oneOf(SORTS, params.get('sort')) ?? DEFAULT_QUERY.sort,
    live: params.get('live') === '1',
  };
}

/** Writes into a copy of `search`, so parameters of others (the project) stay; defaults are left out. */
export function writeQuery(query: TraceQuery, search: string): string {
  const params = new URLSearchParams(search);
  const put = (key: string, value: string) => (value ? params.set(key, value) : params.delete(key));
  put('service', query.service);
  put('name', query.name);
  put('status', query.status);
  put('min', query.minDuration);
  put('max', query.maxDuration);
  params.delete('attribute');
  for (const { key, value } of query.attributes) params.append('attribute', `${key}=${value}`);
  put('q', query.text);
  for (const key of ['last', 'from', 'to']) params.delete(key);
  if ('last' in query.window) put('last', query.window.last === '1h' ? '' : query.window.last);
  else {
    params.set('from', String(Math.round(query.window.fromMs)));
    params.set('to', String(Math.round(query.window.toMs)));
  }
  put('sort', query.sort === DEFAULT_QUERY.sort ? '' : query.sort);
  put('live', query.live ? '1' : '');
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** A key never holds "=", a value may. */
export function readAttribute(text: string): AttributeFilter | null {
  const at = text.indexOf('=');
  return at > 0 ? { key: text.slice(0, at).trim(), value: text.slice(at + 1).trim() } : null;
}

function readWindow(params: URLSearchParams): TimeWindow {
  const fromMs = Number(params.get('from') ?? Number.NaN);
  const toMs = Number(params.get('to') ?? Number.NaN);
  if (fromMs < toMs) return { fromMs, toMs };
  return { last: oneOf(RELATIVE_WINDOWS, params.get('last')) ?? '1h' };
}

export function windowLength(last: RelativeWindow): number {
  return parseDuration(last)! / 1e6;
}

export interface Bounds {
  startMs: number;
  endMs: number;
}

export function boundsOf(window: TimeWindow, now: number): Bounds {
  if ('last' in window) return { startMs: now - windowLength(window.last), endMs: now };
  return { startMs: window.fromMs, endMs: window.toMs };
}

/** Parameters of GET /api/traces that filter; an unreadable duration is left out, its field says so. */
export function filterParams(query: TraceQuery, bounds: Bounds): URLSearchParams {
  const params = new URLSearchParams({ start: msToNano(bounds.startMs), end: msToNano(bounds.endMs) });
  const put = (key: string, value: string | number | null) => {
    if (value !== '' && value !== null) params.append(key, String(value));
  };
  put('service', query.service);
  put('name', query.name);
  put('status', query.status);
  put('min_duration', parseDuration(query.minDuration));
  put('max_duration', parseDuration(query.maxDuration));
  for (const { key, value } of query.attributes) put('attribute', `${key}=${value}`);
  put('q', query.text);
  return params;
}

export function hasFilters(query: TraceQuery): boolean {
  const { service, name, status, minDuration, maxDuration, attributes, text } = query;
  return Boolean(service || name || status || minDuration || maxDuration || attributes.length || text);
}

/** Clicking a column sorts by it, largest first; clicking again turns it where the API can. */
export function nextSort(current: Sort, column: 'start' | 'duration' | 'spans' | 'errors'): Sort {
  const down = `-${column}` as Sort;
  return current === down ? (oneOf(SORTS, column) ?? down) : down;
}
