/** Alerts with their states, what they did, and trying one before it is saved. A rule is saved as a document. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { getJson, sendJson } from './client';
import { useProject } from './project';
import type { AlertDeliveries, AlertEvents, AlertOutcome, AlertRule, Alerts } from './types';

const REFETCH_MS = 5000;

export function useAlerts() {
  const project = useProject();
  return useQuery({
    queryKey: ['documents', project, 'alert', 'states'],
    queryFn: ({ signal }) => getJson<Alerts>('/api/alerts', project, signal),
    refetchInterval: REFETCH_MS,
  });
}

/** `id` "" is of all alerts. */
export function useAlertEvents(id: string) {
  const project = useProject();
  return useQuery({
    queryKey: ['alert-events', project, id],
    queryFn: ({ signal }) => getJson<AlertEvents>(`/api/alerts/events?id=${encodeURIComponent(id)}&limit=100`, project, signal),
    refetchInterval: REFETCH_MS,
  });
}

export function usePreviewAlert() {
  const project = useProject();
  return useMutation({
    mutationFn: ({ sql, condition }: Pick<AlertRule, 'sql' | 'condition'>) => sendJson<AlertOutcome>('POST', '/api/alerts/preview', project, { sql, condition }),
  });
}

export function useTestAlert() {
  const project = useProject();
  return useMutation({
    mutationFn: (body: { name: string; channels: AlertRule['channels'] }) => sendJson<AlertDeliveries>('POST', '/api/alerts/test', project, body),
  });
}
