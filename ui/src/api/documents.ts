/** Small things that people save, per project: what is shown after a write is what the server answered. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from './client';
import { useProject } from './project';
import type { Document, DocumentKind, Documents } from './types';

export function useDocuments(kind: DocumentKind, enabled = true) {
  const project = useProject();
  return useQuery({
    queryKey: ['documents', project, kind],
    queryFn: ({ signal }) => getJson<Documents>(`/api/documents/${kind}`, project, signal),
    enabled,
    staleTime: 10_000,
  });
}

interface Write {
  id: string;
  name: string;
  body: Record<string, unknown>;
  /** Of the version it replaces, '0' for none; left out, any is replaced. */
  if_updated_time_unix_nano?: string;
}

export function usePutDocument(kind: DocumentKind) {
  const project = useProject();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...write }: Write) => sendJson<Document>('PUT', `/api/documents/${kind}/${id}`, project, write),
    onSettled: () => cache.invalidateQueries({ queryKey: ['documents', project, kind] }),
  });
}

export function useDeleteDocument(kind: DocumentKind) {
  const project = useProject();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => sendJson<void>('DELETE', `/api/documents/${kind}/${id}`, project),
    onSettled: () => cache.invalidateQueries({ queryKey: ['documents', project, kind] }),
  });
}

/** An id that no other tab takes. */
export function newId(): string {
  return crypto.randomUUID();
}
