/** The question of the lists of sessions and users, and the addresses of their pages. */
import { msToNano } from '../../../format/time';
import { boundsOf, readWindow, writeWindow, type TimeWindow } from '../../../ui/timeWindow';

export const SORTS = ['-last', '-traces', '-turns', '-errors', '-tokens'] as const;
export type Sort = (typeof SORTS)[number];

export interface ActivityQuery {
  /** A part of the id. */
  text: string;
  sort: Sort;
  window: TimeWindow;
}

export function readActivity(search: string): ActivityQuery {
  const params = new URLSearchParams(search);
  return {
    text: params.get('q') ?? '',
    sort: SORTS.find((sort) => sort === params.get('sort')) ?? '-last',
    window: readWindow(params),
  };
}

/** Writes into a copy of `search`, so parameters of others (the project) stay; defaults are left out. */
export function writeActivity({ text, sort, window }: ActivityQuery, search: string): string {
  const params = new URLSearchParams(search);
  const put = (key: string, value: string) => (value ? params.set(key, value) : params.delete(key));
  put('q', text);
  put('sort', sort === '-last' ? '' : sort);
  writeWindow(window, params);
  const written = params.toString();
  return written === '' ? '' : `?${written}`;
}

/** Parameters of GET /api/sessions and GET /api/users. */
export function activityParams({ text, sort, window }: ActivityQuery, now: number): URLSearchParams {
  const { startMs, endMs } = boundsOf(window, now);
  const params = new URLSearchParams({ start: msToNano(startMs), end: msToNano(endMs), sort });
  if (text !== '') params.set('q', text);
  return params;
}

export function sessionPath(sessionId: string): string {
  return `/sessions/${encodeURIComponent(sessionId)}`;
}

export function userPath(userId: string): string {
  return `/users/${encodeURIComponent(userId)}`;
}

/** The id at the end of an address; it may hold slashes, and percent signs that escape nothing. */
export function idIn(pathname: string, folder: string): string {
  const written = pathname.slice(folder.length);
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}
