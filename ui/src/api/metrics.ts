/** Which metrics there are, what their series differ by, and their values over time. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getJson } from './client';
import { useProject } from './project';
import type { MetricAttributeKeys, MetricAttributeValues, MetricValues, Metrics } from './types';

/** `window` are the API parameters start and end. */
export function useMetrics(search: string, window: string) {
  const project = useProject();
  return useQuery({
    queryKey: ['metrics', project, search, window],
    queryFn: ({ signal }) =>
      getJson<Metrics>(`/api/metrics?${window}&search=${encodeURIComponent(search)}`, project, signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

/** `params` are those of GET /api/metrics/query. */
export function useMetricValues(params: string, enabled = true) {
  const project = useProject();
  return useQuery({
    queryKey: ['metric-values', project, params],
    queryFn: ({ signal }) => getJson<MetricValues>(`/api/metrics/query?${params}`, project, signal),
    enabled,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    gcTime: 30_000,
  });
}

export function useMetricKeys(name: string, window: string, enabled: boolean) {
  const project = useProject();
  return useQuery({
    queryKey: ['metric-keys', project, name, window],
    queryFn: ({ signal }) =>
      getJson<MetricAttributeKeys>(`/api/metrics/${encodeName(name)}/attributes/keys?${window}`, project, signal),
    enabled: enabled && name !== '',
    staleTime: 60_000,
  });
}

export function useMetricKeyValues(name: string, key: string, prefix: string, window: string) {
  const project = useProject();
  const params = new URLSearchParams({ key, prefix, limit: '30' });
  return useQuery({
    queryKey: ['metric-key-values', project, name, key, prefix, window],
    queryFn: ({ signal }) =>
      getJson<MetricAttributeValues>(`/api/metrics/${encodeName(name)}/attributes/values?${params}&${window}`, project, signal),
    enabled: name !== '' && key !== '',
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
}

/** A name may hold slashes, which stay. */
function encodeName(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/');
}
