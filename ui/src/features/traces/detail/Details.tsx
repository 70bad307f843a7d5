/** What is selected, in full: a log record or a span. */
import { useMemo } from 'react';
import { spanTitle } from '../../../format/name';
import { placeSpan } from '../model/placed';
import { totalsAt } from '../model/rollup';
import { findSpan } from '../model/tree';
import { LogPanel } from './LogPanel';
import { SpanPanel } from './panel/SpanPanel';
import type { Explorer } from './useExplorer';

export function Details({ explorer, onClose }: { explorer: Explorer; onClose: () => void }) {
  const { trace, view, change, rollup, records, selected, selectedLog, select } = explorer;
  const placed = useMemo(() => (selected < 0 ? null : placeSpan(trace, selected)), [trace, selected]);
  const subtree = useMemo(
    () =>
      selected < 0
        ? null
        : {
            spans: trace.size[selected]!,
            errors: trace.subtreeErrors[selected]!,
            self: rollup.self[selected]!,
            totals: totalsAt(rollup, selected),
          },
    [trace, rollup, selected],
  );
  if (selectedLog >= 0) {
    const log = records[selectedLog]!;
    const p = findSpan(trace, log.span_id);
    const spanName = p < 0 ? '' : spanTitle(trace.names[trace.name[p]!]!);
    return <LogPanel log={log} spanName={spanName} onSpan={() => select(p)} onClose={onClose} />;
  }
  if (view.spanId === null) return null;
  return (
    <SpanPanel
      traceId={trace.id}
      traceStart={trace.startUnixNano}
      spanId={view.spanId}
      nth={view.nth}
      placed={placed}
      subtree={subtree}
      tab={view.tab}
      onTab={(tab) => change({ tab })}
      onClose={onClose}
      onSelect={(spanId) => {
        const p = findSpan(trace, spanId);
        if (p >= 0) select(p);
      }}
    />
  );
}
