/** The ledger: what each sender sent and what became of it. */
import { useQuery } from '@tanstack/react-query';
import { getJson } from './client';
import { useProject } from './project';
import type { Ledger } from './types';

export function useLedger() {
  const project = useProject();
  return useQuery({
    queryKey: ['ingest', project],
    queryFn: ({ signal }) => getJson<Ledger>('/api/ingest', project, signal),
    refetchInterval: 5000,
  });
}
