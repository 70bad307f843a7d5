/** What the server finds out about one trace: its critical path, transcript, graph and log records. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getJson, getText } from './client';
import { useProject } from './project';
import type { CriticalPath, TraceGraph, TraceLogs, Transcript } from './types';

const STALE_MS = 60_000;
/** The server sends no more at once; the answer says how many there are. */
const MOST_LOGS = 10_000;
/** A screen and a half of cards; the next ones are asked for before they are reached. */
const CARDS = 60;

/**
 * `version` changes with the spans of a trace in flight, and with it the answer; a trace that is finished has one.
 */
function useAnalysis<Answer>(traceId: string, version: number, part: string, enabled: boolean) {
  const project = useProject();
  return useQuery({
    queryKey: ['trace-analysis', project, traceId, part, version],
    queryFn: ({ signal }) => getJson<Answer>(`/api/traces/${traceId}/${part}`, project, signal),
    enabled,
    staleTime: STALE_MS,
    placeholderData: keepPreviousData,
  });
}

export function useCriticalPath(traceId: string, version: number) {
  return useAnalysis<CriticalPath>(traceId, version, 'critical-path', true);
}

export function useTraceGraph(traceId: string, version: number) {
  return useAnalysis<TraceGraph>(traceId, version, 'graph', true);
}

export function useTraceLogs(traceId: string, version: number, enabled: boolean) {
  return useAnalysis<TraceLogs>(traceId, version, `logs?limit=${MOST_LOGS}`, enabled);
}

export function useTranscript(traceId: string, version: number) {
  const project = useProject();
  return useInfiniteQuery({
    queryKey: ['transcript', project, traceId, version],
    queryFn: ({ pageParam, signal }) =>
      getJson<Transcript>(`/api/traces/${traceId}/transcript?offset=${pageParam}&limit=${CARDS}`, project, signal),
    initialPageParam: 0,
    getNextPageParam: ({ next_offset }) => next_offset,
    staleTime: STALE_MS,
    placeholderData: keepPreviousData,
  });
}

export type DigestFormat = 'markdown' | 'json';

/** The digest as the text that is copied. */
export function useDigest(traceId: string, version: number, format: DigestFormat, maxChars: number) {
  const project = useProject();
  return useQuery({
    queryKey: ['digest', project, traceId, version, format, maxChars],
    queryFn: ({ signal }) => getText(`/api/traces/${traceId}/digest?format=${format}&max_chars=${maxChars}`, project, signal),
    staleTime: STALE_MS,
  });
}
