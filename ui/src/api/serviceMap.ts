/** Who calls whom in a window. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getJson } from './client';
import { useProject } from './project';
import type { ServiceMap } from './types';

export function useServiceMap(window: string) {
  const project = useProject();
  return useQuery({
    queryKey: ['service-map', project, window],
    queryFn: ({ signal }) => getJson<ServiceMap>(`/api/service-map?${window}`, project, signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}
