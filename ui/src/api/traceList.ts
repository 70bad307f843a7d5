/** The list of traces page by page, and the histogram of the same question. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getJson } from './client';
import { useProject } from './project';
import type { Histogram, TracePage } from './types';

export const PAGE_SIZE = 250;

/** `filters` are the API parameters of the question, its window included. */
export function useTraceList(filters: string, sort: string) {
  const project = useProject();
  return useInfiniteQuery({
    queryKey: ['traces', project, filters, sort],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam ? `&cursor=${encodeURIComponent(pageParam)}` : '';
      return getJson<TracePage>(
        `/api/traces?${filters}&sort=${encodeURIComponent(sort)}&limit=${PAGE_SIZE}${cursor}`,
        project,
        signal,
      );
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    // Live, every few seconds is a new window and a new key; old answers are not asked for again.
    gcTime: 30_000,
  });
}

export function useHistogram(filters: string, buckets: number) {
  const project = useProject();
  return useQuery({
    queryKey: ['histogram', project, filters, buckets],
    queryFn: ({ signal }) =>
      getJson<Histogram>(`/api/traces/histogram?${filters}&buckets=${buckets}`, project, signal),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    // Live, every few seconds is a new window and a new key; old answers are not asked for again.
    gcTime: 30_000,
  });
}
