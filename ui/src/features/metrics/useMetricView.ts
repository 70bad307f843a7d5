/** The page's question, read from and written to the URL: there is no second copy of it. */
import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { readView, writeView, type MetricView } from './model/metricUrl';

export function useMetricView(): [MetricView, (change: Partial<MetricView>) => void] {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const view = useMemo(() => readView(search), [search]);
  const change = useCallback(
    (part: Partial<MetricView>) => {
      const current = window.location.search;
      const next = writeView({ ...readView(current), ...part }, current);
      if (next !== current) navigate(`${path}${next}`);
    },
    [navigate, path],
  );
  return [view, change];
}
