/** /trace/:traceId: fetches the skeleton, builds the tree, and again while more of the trace comes in. */
import { useEffect, useMemo, useState } from 'react';
import { useArrival, useSkeleton } from '../../../api/traces';
import { ErrorNotice } from '../../../ui/Notice';
import { nextLook } from '../model/inFlight';
import { buildTrace } from '../model/tree';
import { leaveTrace, routeStart } from './firstRows';
import { TraceExplorer } from './TraceExplorer';
import { TraceLoading } from './TraceLoading';

export function TracePage({ traceId }: { traceId: string }) {
  const [startedAt] = useState(routeStart);
  useEffect(() => leaveTrace, []);
  const skeleton = useSkeleton(traceId);
  const trace = useMemo(() => skeleton.data && buildTrace(skeleton.data), [skeleton.data]);
  const arrival = useArrival(traceId, trace !== undefined, nextLook).data;
  const { refetch, isFetching } = skeleton;
  const hasMore = trace !== undefined && arrival !== undefined && arrival.span_count > trace.spanCount;
  useEffect(() => {
    if (hasMore && !isFetching) void refetch();
  }, [hasMore, isFetching, refetch]);
  if (trace) return <TraceExplorer trace={trace} startedAt={startedAt} arrival={arrival} />;
  if (skeleton.isError) return <ErrorNotice error={skeleton.error} onRetry={() => void skeleton.refetch()} />;
  return <TraceLoading traceId={traceId} />;
}
