/** What is said of a trace and its spans; what is shown after a write is what the server answered. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from './client';
import { useProject } from './project';
import type { Annotation, AnnotationList, AnnotationWrite } from './types';

export function useAnnotations(traceId: string) {
  const project = useProject();
  return useQuery({
    queryKey: ['annotations', project, traceId],
    queryFn: ({ signal }) => getJson<AnnotationList>(`/api/traces/${traceId}/annotations`, project, signal),
    staleTime: 10_000,
  });
}

/** Of a page of the trace list. */
export function useAnnotationsOf(traceIds: string[]) {
  const project = useProject();
  const asked = traceIds.map((id) => `trace_id=${id}`).join('&');
  return useQuery({
    queryKey: ['annotations', project, asked],
    queryFn: ({ signal }) => getJson<AnnotationList>(`/api/annotations?${asked}`, project, signal),
    enabled: traceIds.length > 0,
    staleTime: 10_000,
  });
}

/** Adds without an annotation, else edits that one, unless it was changed since it was read. */
export function useAnnotate(traceId: string) {
  const project = useProject();
  const cache = useQueryClient();
  const path = `/api/traces/${traceId}/annotations`;
  return useMutation({
    mutationFn: ({ write, of }: { write: AnnotationWrite; of: Annotation | null }) =>
      of
        ? sendJson<Annotation>('PUT', `${path}/${encodeURIComponent(of.id)}`, project, {
            ...write,
            if_updated_time_unix_nano: of.updated_time_unix_nano,
          })
        : sendJson<Annotation>('POST', path, project, write),
    onSettled: () => cache.invalidateQueries({ queryKey: ['annotations', project] }),
  });
}

export function useDeleteAnnotation(traceId: string) {
  const project = useProject();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Annotation) =>
      sendJson<void>('DELETE', `/api/traces/${traceId}/annotations/${encodeURIComponent(id)}`, project),
    onSettled: () => cache.invalidateQueries({ queryKey: ['annotations', project] }),
  });
}
