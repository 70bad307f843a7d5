/** Traces that were not in the list a moment ago, so that live rows can draw the eye once. */
import { useEffect, useMemo, useRef } from 'react';
import type { TraceSummary } from '../../../api/types';

const NONE: ReadonlySet<string> = new Set();

export function useFreshIds(traces: readonly TraceSummary[], live: boolean): ReadonlySet<string> {
  const seen = useRef<ReadonlySet<string>>(NONE);
  const fresh = useMemo(() => {
    if (!live || seen.current.size === 0) return NONE;
    return new Set(traces.map((trace) => trace.trace_id).filter((id) => !seen.current.has(id)));
  }, [traces, live]);
  useEffect(() => {
    seen.current = new Set([...seen.current, ...traces.map((trace) => trace.trace_id)]);
  }, [traces]);
  return fresh;
}
