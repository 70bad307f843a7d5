/** Log records: pages, counts, one in full, and what has just arrived. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { NO_TAIL, arrived, type Tail } from '../features/logs/model/tail';
import { getJson } from './client';
import { useProject } from './project';
import type { LogFacets, LogHistogram, LogPage, LogRecord, LogTail } from './types';

export const LOG_PAGE_SIZE = 200;

const FLEETING = { placeholderData: keepPreviousData, staleTime: 10_000, gcTime: 30_000 } as const;

/** `filters` are the API parameters of the question, its window included. */
export function useLogList(filters: string) {
  const project = useProject();
  return useInfiniteQuery({
    queryKey: ['logs', project, filters],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam ? `&cursor=${encodeURIComponent(pageParam)}` : '';
      return getJson<LogPage>(`/api/logs?${filters}&limit=${LOG_PAGE_SIZE}${cursor}`, project, signal);
    },
    initialPageParam: '',
    getNextPageParam: (page: LogPage) => page.next_cursor,
    ...FLEETING,
  });
}

export function useLogHistogram(filters: string, buckets: number) {
  const project = useProject();
  return useQuery({
    queryKey: ['log-histogram', project, filters, buckets],
    queryFn: ({ signal }) => getJson<LogHistogram>(`/api/logs/histogram?${filters}&buckets=${buckets}`, project, signal),
    ...FLEETING,
  });
}

export function useLogFacets(filters: string, attributes: string[]) {
  const project = useProject();
  const keys = attributes.map((key) => `&attribute=${encodeURIComponent(key)}`).join('');
  return useQuery({
    queryKey: ['log-facets', project, filters, keys],
    queryFn: ({ signal }) => getJson<LogFacets>(`/api/logs/facets?${filters}${keys}&limit=8`, project, signal),
    ...FLEETING,
  });
}

export function useLogRecord(logId: string, enabled: boolean) {
  const project = useProject();
  return useQuery({
    queryKey: ['log', project, logId],
    queryFn: ({ signal }) => getJson<LogRecord>(`/api/logs/${logId}`, project, signal),
    enabled,
    staleTime: Infinity,
  });
}

/** Whether the project has any log record at all; asked where a list came out empty. */
export function useHasLogs(enabled: boolean) {
  const project = useProject();
  return useQuery({
    queryKey: ['has-logs', project],
    queryFn: async ({ signal }) => (await getJson<LogPage>('/api/logs?start=0&limit=1', project, signal)).total > 0,
    enabled,
    refetchInterval: ({ state }) => (state.data === false ? 4000 : false),
  });
}

const TAIL_MS = 2000;
/** A server is busy with a tail for at most a fifth of the time. */
const TAIL_SHARE = 5;

/** What has arrived since the list was read; a server that is away is asked again and again, and nothing is missed. */
export function useLogTail(live: boolean, filters: string, listed: ReadonlyMap<string, number>): { tail: Tail; failing: boolean } {
  const project = useProject();
  const question = `${live} ${project} ${filters}`;
  const [state, setState] = useState({ question, tail: NO_TAIL, failing: false });
  if (state.question !== question) setState({ question, tail: NO_TAIL, failing: false });
  const latest = useRef(listed);
  useEffect(() => {
    latest.current = listed;
  });
  useEffect(() => {
    if (!live) return undefined;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let since = '';
    const ask = async () => {
      const started = performance.now();
      try {
        if (!document.hidden) {
          const answer = await getJson<LogTail>(`/api/logs/tail?${filters}${since && `&since=${since}`}`, project, stop.signal);
          since = answer.since_time_unix_nano;
          setState((old) => ({ ...old, failing: false, tail: arrived(old.tail, answer, latest.current, Date.now()) }));
        }
      } catch {
        if (!stop.signal.aborted) setState((old) => ({ ...old, failing: true }));
      }
      if (!stop.signal.aborted) timer = setTimeout(ask, Math.max(TAIL_MS, (performance.now() - started) * TAIL_SHARE));
    };
    void ask();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [live, filters, project]);
  return state;
}
