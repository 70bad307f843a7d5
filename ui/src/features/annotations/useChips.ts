/** What is said of the traces on screen, by trace. */
import { useMemo } from 'react';
import { useAnnotationsOf } from '../../api/annotations';
import type { Annotation, TraceSummary } from '../../api/types';
import { useDebounced } from '../../ui/useDebounced';

/** Asked for once the list stands still. */
const STILL_MS = 150;
/** As many as one question may name. */
const MOST = 200;

export function useChips(traces: TraceSummary[]): ReadonlyMap<string, Annotation[]> {
  const asked = useDebounced(
    traces
      .slice(0, MOST)
      .map(({ trace_id }) => trace_id)
      .join(' '),
    STILL_MS,
  );
  const { data } = useAnnotationsOf(asked === '' ? [] : asked.split(' '));
  return useMemo(() => {
    const byTrace = new Map<string, Annotation[]>();
    for (const annotation of data?.annotations ?? []) {
      byTrace.set(annotation.trace_id, [...(byTrace.get(annotation.trace_id) ?? []), annotation]);
    }
    return byTrace;
  }, [data]);
}
