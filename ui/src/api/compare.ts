/** Two traces compared. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getJson } from './client';
import { useProject } from './project';
import type { Comparison } from './types';

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
