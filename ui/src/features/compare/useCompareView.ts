/** The comparison's view: read from the URL, and written back whenever it rests. */
import { useCallback, useEffect, useState } from 'react';
import { readCompare, writeCompare, type CompareView } from './model/compareUrl';

/** Browsers allow about 100 history writes in 30 s; a held key would use them up. */
const REST_MS = 200;

export function useCompareView(): [CompareView, (change: Partial<CompareView>) => void] {
  const [view, setView] = useState(() => readCompare(window.location.search));
  const change = useCallback((part: Partial<CompareView>) => setView((old) => ({ ...old, ...part })), []);
  useEffect(() => {
    const onPopState = () => setView(readCompare(window.location.search));
    window.addEventListener('popstate', onPopState);
    return () => window.removeEventListener('popstate', onPopState);
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => {
      const search = writeCompare(view, window.location.search);
      if (search !== window.location.search) {
        window.history.replaceState(window.history.state, '', `${window.location.pathname}${search}`);
      }
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [view]);
  return [view, change];
}
