/** Version, endpoints and projects of the server. */
import { useQuery } from '@tanstack/react-query';
import { getJson } from './client';
import { useProject } from './project';
import type { Projects, ServerVersion, Services } from './types';

export function useVersion() {
  const project = useProject();
  return useQuery({
    queryKey: ['version'],
    queryFn: ({ signal }) => getJson<ServerVersion>('/api/version', project, signal),
    staleTime: Infinity,
  });
}

/** `refetchMs` watches for the first data of an empty project. */
export function useProjects(refetchMs: number | false = false) {
  const project = useProject();
  return useQuery({
    queryKey: ['projects'],
    queryFn: ({ signal }) => getJson<Projects>('/api/projects', project, signal),
    staleTime: 30_000,
    refetchInterval: refetchMs,
  });
}

export function useServices() {
  const project = useProject();
  return useQuery({
    queryKey: ['services', project],
    queryFn: ({ signal }) => getJson<Services>('/api/services', project, signal),
    staleTime: 30_000,
  });
}
