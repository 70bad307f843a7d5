/** The list's question, read from and written to the URL: there is no second copy of it. */
import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { readQuery, writeQuery, type TraceQuery } from '../model/listUrl';

export function useTraceQuery(): [TraceQuery, (change: Partial<TraceQuery>) => void] {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const query = useMemo(() => readQuery(search), [search]);
  const change = useCallback(
    (part: Partial<TraceQuery>) => {
      const current = window.location.search;
      const next = writeQuery({ ...readQuery(current), ...part }, current);
      if (next !== current) navigate(`${path}${next}`);
    },
    [navigate, path],
  );
  return [query, change];
}
