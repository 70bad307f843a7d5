/** Traces that were not in the list a moment ago, so that live rows can draw the eye once. */
import { useState } from 'react';
import type { TraceSummary } from '../../../api/types';

const NONE: ReadonlySet<string> = new Set();

interface Memory {
  traces: readonly TraceSummary[];
  seen: ReadonlySet<string>;
  fresh: ReadonlySet<string>;
}

export function useFreshIds(traces: readonly TraceSummary[], live: boolean): ReadonlySet<string> {
  const [memory, setMemory] = useState<Memory>({ traces: [], seen: NONE, fresh: NONE });
  if (memory.traces === traces) return memory.fresh;
  const ids = traces.map((trace) => trace.trace_id);
  const isFirstAnswer = memory.seen.size === 0;
  const fresh = live && !isFirstAnswer ? new Set(ids.filter((id) => !memory.seen.has(id))) : NONE;
  setMemory({ traces, seen: new Set([...memory.seen, ...ids]), fresh });
  return fresh;
}
