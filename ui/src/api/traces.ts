/** One trace: its skeleton, one span of it in full, and the search inside it. */
import { useQuery } from '@tanstack/react-query';
import { getJson } from './client';
import { useProject } from './project';
import type { Skeleton, Span, SpanSearch } from './types';

/** While the root is missing the trace is asked for again this often. */
const LIVE_REFETCH_MS = 3000;

export function useSkeleton(traceId: string, isLive: (skeleton: Skeleton) => boolean) {
  const project = useProject();
  return useQuery({
    queryKey: ['skeleton', project, traceId],
    queryFn: ({ signal }) => getJson<Skeleton>(`/api/traces/${traceId}/skeleton`, project, signal),
    // Comparing 100,000 spans value by value would cost more than building them anew.
    structuralSharing: false,
    staleTime: 60_000,
    refetchInterval: ({ state }) => (state.data && isLive(state.data) ? LIVE_REFETCH_MS : false),
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
