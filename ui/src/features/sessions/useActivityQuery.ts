/** The list's question, read from and written to the URL: there is no second copy of it. */
import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { readActivity, writeActivity, type ActivityQuery } from './model/activityUrl';

export function useActivityQuery(): [ActivityQuery, (change: Partial<ActivityQuery>) => void] {
  const search = useSearch();
  const [, navigate] = useLocation();
  const query = useMemo(() => readActivity(search), [search]);
  const change = useCallback(
    (part: Partial<ActivityQuery>) => {
      const { pathname, search: current } = window.location;
      const next = writeActivity({ ...readActivity(current), ...part }, current);
      // Every letter typed would be a step back in the history.
      if (next !== current) navigate(`${pathname}${next}`, { replace: 'text' in part });
    },
    [navigate],
  );
  return [query, change];
}
