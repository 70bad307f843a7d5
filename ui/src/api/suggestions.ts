/** What can be typed next: operations, attribute keys and values that exist in the data. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getJson } from './client';
import { useProject } from './project';
import type { AttributeKeys, AttributeValues, Operations } from './types';

function useSuggestions<T>(path: string, params: Record<string, string>, enabled: boolean) {
  const project = useProject();
  const search = new URLSearchParams(Object.entries(params).filter(([, value]) => value !== '')).toString();
  return useQuery({
    queryKey: ['suggestions', project, path, search],
    queryFn: ({ signal }) => getJson<T>(`${path}?${search}`, project, signal),
    enabled,
    staleTime: 30_000,
    placeholderData: keepPreviousData,
  });
}

export function useOperations(service: string, prefix: string, enabled: boolean) {
  return useSuggestions<Operations>('/api/operations', { service, prefix, limit: '30' }, enabled);
}

export function useAttributeKeys(prefix: string, enabled: boolean) {
  return useSuggestions<AttributeKeys>('/api/attributes/keys', { prefix, limit: '30' }, enabled);
}

export function useAttributeValues(key: string, prefix: string, enabled: boolean) {
  return useSuggestions<AttributeValues>(
    '/api/attributes/values',
    { key, prefix, limit: '30' },
    enabled && key !== '',
  );
}
