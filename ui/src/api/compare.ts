/** Two traces compared, and traces that one may be compared with. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { msToNano } from '../format/time';
import { getJson } from './client';
import { useProject } from './project';
import type { Comparison, TracePage } from './types';

/** As many as the server answers. */
const MOST_STEPS = 10_000;
/** Of one text; differences are told line by line, so only a text of very long lines is cut. */
const MOST_CHARS = 20_000;

export function useComparison(left: string, right: string) {
  const project = useProject();
  return useQuery({
    queryKey: ['comparison', project, left, right],
    queryFn: ({ signal }) =>
      getJson<Comparison>(
        `/api/traces/compare?left=${left}&right=${right}&limit=${MOST_STEPS}&max_chars=${MOST_CHARS}`,
        project,
        signal,
      ),
    enabled: left !== '' && right !== '',
    // Ten thousand steps compared value by value would cost more than they are worth.
    structuralSharing: false,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
}

const RECENT = 20;
const RECENT_DAYS = 7;

/** The newest traces whose root has this name and service. */
export function useRecentTraces(name: string, service: string) {
  const project = useProject();
  return useQuery({
    queryKey: ['recent-traces', project, name, service],
    queryFn: async ({ signal }) => {
      // A string of the search language escapes as JSON does.
      const query = `trace.root_name = ${JSON.stringify(name)} and trace.root_service = ${JSON.stringify(service)}`;
      const end = Date.now();
      const params = new URLSearchParams({
        query,
        start: msToNano(end - RECENT_DAYS * 86_400_000),
        end: msToNano(end),
        limit: String(RECENT),
      });
      const page = await getJson<TracePage>(`/api/traces?${params}`, project, signal);
      return page.traces;
    },
    staleTime: 10_000,
  });
}
