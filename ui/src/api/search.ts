/** Help with a query that is being written, and what the language is; the server has the only grammar. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { getJson } from './client';
import { useProject } from './project';
import type { Completions, Language, NarrowedQuery } from './types';

export type Signal = 'spans' | 'logs';

export interface Completed extends Completions {
  /** The text that was asked about. */
  asked: string;
}

/** `cursor` counts characters. */
export function useCompletions(signal: Signal, text: string, cursor: number, enabled: boolean) {
  const project = useProject();
  return useQuery({
    queryKey: ['completions', project, signal, text, cursor],
    queryFn: async ({ signal: abort }): Promise<Completed> => {
      const params = new URLSearchParams({ signal, query: text, cursor: String(cursor) });
      const found = await getJson<Completions>(`/api/search/complete?${params}`, project, abort);
      return { ...found, asked: text };
    },
    enabled,
    staleTime: 30_000,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
  });
}

export function useLanguage(signal: Signal, enabled: boolean) {
  const project = useProject();
  return useQuery({
    queryKey: ['language', signal],
    queryFn: ({ signal: abort }) => getJson<Language>(`/api/search/language?signal=${signal}`, project, abort),
    enabled,
    staleTime: Infinity,
  });
}

/** A condition that a click adds; `scope` makes `field` the key of an attribute. */
export interface Condition {
  field: string;
  scope?: 'any' | 'span' | 'resource' | 'event' | 'log';
  /** Without a value, conditions on the field are taken away. */
  value?: string;
  type?: string;
  operator?: '=' | '<=' | '>=' | 'contains' | 'exists';
  negated?: boolean;
  /** In place of other values of the field. */
  replaces?: boolean;
}

/** Hands the narrowed query on. A query that is wrong is left as it is: the box already says why. */
export function useNarrow(signal: Signal): (query: string, condition: Condition, onNarrowed: (query: string) => void) => void {
  const project = useProject();
  return useCallback(
    (query, condition, onNarrowed) => {
      const params = new URLSearchParams({ signal, query });
      for (const [name, value] of Object.entries(condition)) params.set(name, String(value));
      getJson<NarrowedQuery>(`/api/search/narrow?${params}`, project).then(
        (narrowed) => onNarrowed(narrowed.query),
        () => undefined,
      );
    },
    [signal, project],
  );
}
