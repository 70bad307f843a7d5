/** One trace: its skeleton, one span of it in full, and the search inside it. */
import { useQuery } from '@tanstack/react-query';
import { getJson } from './client';
import { useProject } from './project';
import type { Cost, Skeleton, Span, SpanSearch, TraceArrival } from './types';

export function useSkeleton(traceId: string) {
  const project = useProject();
  return useQuery({
    queryKey: ['skeleton', project, traceId],
    queryFn: ({ signal }) => getJson<Skeleton>(`/api/traces/${traceId}/skeleton`, project, signal),
    // Comparing 100,000 spans value by value would cost more than building them anew.
    structuralSharing: false,
    staleTime: 60_000,
  });
}

/**
 * What has come of the trace; a few bytes, asked again after the milliseconds that `pauseOf` answers, false: never.
 */
export function useArrival(traceId: string, enabled: boolean, pauseOf: (arrival: TraceArrival) => number | false) {
  const project = useProject();
  return useQuery({
    queryKey: ['arrival', project, traceId],
    queryFn: ({ signal }) => getJson<TraceArrival>(`/api/traces/${traceId}/arrival`, project, signal),
    enabled,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data ? pauseOf(state.data) : false),
  });
}

export function useSpan(traceId: string, spanId: string | null, nth: number) {
  const project = useProject();
  return useQuery({
    queryKey: ['span', project, traceId, spanId, nth],
    queryFn: ({ signal }) => getJson<Span>(`/api/traces/${traceId}/spans/${spanId}${nth > 0 ? `?nth=${nth}` : ''}`, project, signal),
    enabled: spanId !== null,
    staleTime: 5 * 60_000,
  });
}

/** Why a span's call costs what it costs. */
export function useSpanCost(traceId: string, spanId: string) {
  const project = useProject();
  return useQuery({
    queryKey: ['span-cost', project, traceId, spanId],
    queryFn: ({ signal }) => getJson<Cost>(`/api/traces/${traceId}/spans/${spanId}/cost`, project, signal),
    staleTime: 60_000,
  });
}

export function useSpanSearch(traceId: string, query: string) {
  const project = useProject();
  const text = query.trim();
  return useQuery({
    queryKey: ['span-search', project, traceId, text],
    queryFn: ({ signal }) =>
      getJson<SpanSearch>(`/api/traces/${traceId}/search?q=${encodeURIComponent(text)}`, project, signal),
    enabled: text !== '',
    staleTime: 60_000,
  });
}
