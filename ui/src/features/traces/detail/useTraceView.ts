/** The view of one trace: read from the URL once, then written back whenever it rests. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { readView, writeView, type TraceView } from '../model/viewUrl';

/** Browsers allow about 100 history writes in 30 s; a drag would use them up. */
const REST_MS = 200;

export function useTraceView(startUnixNano: string): [TraceView, (change: Partial<TraceView>) => void] {
  const [view, setView] = useState(() => readView(window.location.search));
  const change = useCallback((part: Partial<TraceView>) => setView((old) => ({ ...old, ...part })), []);
  useEarlierStart(startUnixNano, setView);
  useEffect(() => {
    const timer = setTimeout(() => {
      const search = writeView(view, window.location.search);
      if (search !== window.location.search) {
        window.history.replaceState(window.history.state, '', `${window.location.pathname}${search}`);
      }
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [view]);
  return [view, change];
}

/** A zoom counts from the trace's start; a span that arrives late may have begun before it. */
function useEarlierStart(startUnixNano: string, setView: (update: (old: TraceView) => TraceView) => void) {
  const before = useRef(startUnixNano);
  useEffect(() => {
    const shift = Number(BigInt(before.current) - BigInt(startUnixNano));
    before.current = startUnixNano;
    if (shift === 0) return;
    setView((old) => (old.zoom ? { ...old, zoom: { from: old.zoom.from + shift, to: old.zoom.to + shift } } : old));
  }, [startUnixNano, setView]);
}
