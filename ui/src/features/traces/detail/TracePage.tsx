/** /trace/:traceId: fetches the skeleton, builds the tree once and hands it to the explorer. */
import { useEffect, useMemo, useState } from 'react';
import { useSkeleton } from '../../../api/traces';
import type { Skeleton } from '../../../api/types';
import { nanoToMs } from '../../../format/time';
import { ErrorNotice } from '../../../ui/Notice';
import { buildTrace } from '../model/tree';
import { leaveTrace, routeStart } from './firstRows';
import { TraceExplorer } from './TraceExplorer';
import { TraceLoading } from './TraceLoading';

/** A root that has not come within this time after the last span is taken for lost. */
const ROOT_AWAITED_MS = 10 * 60_000;

function isLive(skeleton: Skeleton): boolean {
  if (skeleton.spans.parent.includes(-1)) return false;
  const end = nanoToMs(skeleton.start_time_unix_nano) + skeleton.duration_nano / 1e6;
  return Date.now() - end < ROOT_AWAITED_MS;
}

export function TracePage({ traceId }: { traceId: string }) {
  const [startedAt] = useState(routeStart);
  useEffect(() => leaveTrace, []);
  const skeleton = useSkeleton(traceId, isLive);
  const trace = useMemo(() => skeleton.data && buildTrace(skeleton.data), [skeleton.data]);
  if (trace && skeleton.data) {
    return <TraceExplorer trace={trace} startedAt={startedAt} live={isLive(skeleton.data)} />;
  }
  if (skeleton.isError) return <ErrorNotice error={skeleton.error} onRetry={() => void skeleton.refetch()} />;
  return <TraceLoading traceId={traceId} />;
}
