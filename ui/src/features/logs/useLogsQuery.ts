/** The page's question, read from and written to the URL: there is no second copy of it. */
import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { readLogsQuery, writeLogsQuery, type LogsQuery } from './model/logsUrl';

export function useLogsQuery(): [LogsQuery, (change: Partial<LogsQuery>) => void] {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const query = useMemo(() => readLogsQuery(search), [search]);
  const change = useCallback(
    (part: Partial<LogsQuery>) => {
      const current = window.location.search;
      const next = writeLogsQuery({ ...readLogsQuery(current), ...part }, current);
      // Opening records is no step that Back should undo one by one.
      if (next !== current) navigate(`${path}${next}`, { replace: 'log' in part });
    },
    [navigate, path],
  );
  return [query, change];
}
