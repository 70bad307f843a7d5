/** The list of traces or spans page by page, and the histogram of the same question. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getJson } from './client';
import { useProject } from './project';
import type { Histogram, SpanPage, TracePage } from './types';

export const PAGE_SIZE = 250;

// Live, every few seconds is a new window and a new key; old answers are not asked for again.
const FLEETING = { placeholderData: keepPreviousData, staleTime: 10_000, gcTime: 30_000 } as const;

/** `filters` are the API parameters of the question, its window included. */
export function useTraceList(filters: string, sort: string, enabled: boolean) {
  return usePages<TracePage>('/api/traces', `${filters}&sort=${encodeURIComponent(sort)}`, enabled);
}

export function useSpanList(filters: string, enabled: boolean) {
  return usePages<SpanPage>('/api/spans', filters, enabled);
}

function usePages<Page extends { next_cursor: string | null }>(path: string, filters: string, enabled: boolean) {
  const project = useProject();
  return useInfiniteQuery({
    queryKey: ['traces', project, path, filters],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam ? `&cursor=${encodeURIComponent(pageParam)}` : '';
      return getJson<Page>(`${path}?${filters}&limit=${PAGE_SIZE}${cursor}`, project, signal);
    },
    initialPageParam: '',
    getNextPageParam: (page: Page) => page.next_cursor,
    enabled,
    ...FLEETING,
  });
}

export function useHistogram(filters: string, buckets: number) {
  const project = useProject();
  return useQuery({
    queryKey: ['histogram', project, filters, buckets],
    queryFn: ({ signal }) =>
      getJson<Histogram>(`/api/traces/histogram?${filters}&buckets=${buckets}`, project, signal),
    ...FLEETING,
  });
}
