/** /: the traces, or spans, that answer the search in the URL, as a chart and as a table. */
import { useMemo, useRef, useState } from 'react';
import { ApiError } from '../../../api/client';
import { useProject } from '../../../api/project';
import { useProjects } from '../../../api/server';
import { useHistogram, useSpanList, useTraceList } from '../../../api/traceList';
import type { FoundSpan, SpanPage, TracePage, TraceSummary } from '../../../api/types';
import { ErrorNotice } from '../../../ui/Notice';
import { boundsOf } from '../../../ui/timeWindow';
import { useTitle } from '../../../ui/useTitle';
import { CompareTray } from '../../compare/CompareTray';
import { LiveStatus } from '../../live/LiveStatus';
import { useHold } from '../../live/useHold';
import { useRate } from '../../live/useRate';
import { filterParams } from '../model/listUrl';
import { GettingStarted } from './GettingStarted';
import { LatencyChart } from './LatencyChart';
import { ListStatus } from './ListStatus';
import { NothingFound } from './NothingFound';
import { QueryBar } from './QueryBar';
import { SpanTable } from './SpanTable';
import styles from './TraceListPage.module.css';
import { TraceTable } from './TraceTable';
import { LIVE_MS, useAskedAt } from './useAskedAt';
import { useFreshIds } from './useFreshIds';
import { useTraceQuery } from './useTraceQuery';

const BUCKETS = 80;

export function TraceListPage() {
  useTitle('Traces');
  const [query, change] = useTraceQuery();
  const scroller = useRef<HTMLDivElement>(null);
  const projectIsEmpty = useProjectIsEmpty();
  const live = (query.live || projectIsEmpty) && 'last' in query.window;
  const [held, release] = useHold(scroller, live);
  const [askedAt, ask] = useAskedAt(live, JSON.stringify(query));
  // While the list stands still its question does, too; what came since is counted by another.
  const [standing, setStanding] = useState(askedAt);
  if (!held && standing !== askedAt) setStanding(askedAt);
  const isSpans = query.view === 'spans';

  const shownAt = held ? standing : askedAt;
  const bounds = useMemo(() => boundsOf(query.window, shownAt), [query.window, shownAt]);
  const filters = useMemo(() => filterParams(query, bounds).toString(), [query, bounds]);
  const latest = useMemo(() => filterParams(query, boundsOf(query.window, askedAt)).toString(), [query, askedAt]);

  const traceList = useTraceList(filters, query.sort, !isSpans);
  const spanList = useSpanList(filters, isSpans);
  const list = isSpans ? spanList : traceList;
  const histogram = useHistogram(filters, BUCKETS);
  const traces = useLastGood(traceList.data, tracesOf, traceList.isError && live);
  const spans = useLastGood(spanList.data, spansOf, spanList.isError && live);
  const newestTraces = useTraceList(latest, query.sort, held && !isSpans);
  const newestSpans = useSpanList(latest, held && isSpans);
  const ids = useMemo(() => (isSpans ? spans.map(spanKey) : traces.map(({ trace_id }) => trace_id)), [isSpans, spans, traces]);
  const newest = isSpans ? newestSpans.data?.pages[0]?.spans.map(spanKey) : newestTraces.data?.pages[0]?.traces.map(({ trace_id }) => trace_id);
  const waiting = useMemo(() => countOthers(held ? newest : undefined, ids), [held, newest, ids]);
  const fresh = useFreshIds(ids, live && !held);
  const rate = useRate(list.dataUpdatedAt, fresh.size);

  const dots = useMemo(() => spans.map(dotOf), [spans]);
  const rows = isSpans ? spans : traces;
  const first = list.data?.pages[0];
  const isEmpty = list.isSuccess && !list.isPlaceholderData && rows.length === 0;
  const isRefused = list.error instanceof ApiError && list.error.place !== null;
  const onEnd = () => {
    if (list.hasNextPage && !list.isFetching) void list.fetchNextPage();
  };

  if (projectIsEmpty && isEmpty) return <GettingStarted />;
  return (
    <div className={styles.page} ref={scroller}>
      <QueryBar query={query} error={list.error} onChange={change} onRefresh={ask} refreshing={list.isFetching} />
      <div className={styles.charts}>
        <LatencyChart
          traces={isSpans ? dots : traces}
          histogram={histogram.data}
          bounds={bounds}
          onWindow={(fromMs, toMs) => change({ window: { fromMs, toMs }, live: false })}
        />
      </div>
      {list.isError && !(live && rows.length > 0) ? (
        // What is wrong with the search is said below it.
        !isRefused && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
      ) : isEmpty ? (
        <NothingFound query={query} onChange={change} />
      ) : (
        <div
          className={list.isPlaceholderData && !live ? styles.stale : undefined}
          aria-busy={list.isPlaceholderData}
          data-live-rows
        >
          <ListStatus noun={isSpans ? 'span' : 'trace'} shown={rows.length} page={first} fetching={list.isFetching}>
            {live && (
              <LiveStatus
                noun={isSpans ? 'span' : 'trace'}
                rate={rate}
                held={held}
                waiting={waiting}
                more={waiting >= 250}
                failing={list.isError}
                onShow={release}
              />
            )}
          </ListStatus>
          {isSpans ? (
            <SpanTable scroller={scroller} spans={spans} onEnd={onEnd} />
          ) : (
            <TraceTable
              scroller={scroller}
              traces={traces}
              fresh={fresh}
              sort={query.sort}
              onSort={(sort) => change({ sort })}
              onEnd={onEnd}
            />
          )}
        </div>
      )}
      <CompareTray />
    </div>
  );
}

/** The chart draws spans as traces of one. */
function dotOf(span: FoundSpan): TraceSummary {
  return {
    trace_id: span.trace_id,
    start_time_unix_nano: span.start_time_unix_nano,
    duration_nano: span.duration_nano,
    root_name: span.name,
    root_service: span.service,
    span_count: 1,
    error_count: span.status === 'ERROR' ? 1 : 0,
    services: [span.service],
    input_tokens: 0,
    output_tokens: 0,
    cost: null,
    unpriced_models: [],
    models: [],
  };
}

function spanKey({ trace_id, span_id, start_time_unix_nano: start }: { trace_id: string; span_id: string; start_time_unix_nano: string }): string {
  return `${trace_id} ${span_id} ${start}`;
}

function countOthers(ids: string[] | undefined, known: string[]): number {
  if (!ids) return 0;
  const seen = new Set(known);
  return ids.filter((id) => !seen.has(id)).length;
}

interface Pages<Page> {
  pages: Page[];
}

const tracesOf = ({ pages }: Pages<TracePage>) => pages.flatMap((page) => page.traces);
const spansOf = ({ pages }: Pages<SpanPage>) => pages.flatMap((page) => page.spans);

/** The rows of the answer; while a live list gets none, of the last one. */
function useLastGood<Page, Row>(data: Pages<Page> | undefined, rowsOf: (data: Pages<Page>) => Row[], failing: boolean): Row[] {
  const [last, setLast] = useState(data);
  if (data && last !== data) setLast(data);
  const shown = failing ? last : data;
  return useMemo(() => (shown ? rowsOf(shown) : []), [shown, rowsOf]);
}

/** True while the project has no span at all; then it is watched for the first one. */
function useProjectIsEmpty(): boolean {
  const project = useProject();
  const [watching, setWatching] = useState(false);
  const projects = useProjects(watching && LIVE_MS);
  const spans = projects.data?.projects.find(({ name }) => name === project)?.span_count ?? 0;
  const isEmpty = projects.isSuccess && spans === 0;
  if (isEmpty !== watching) setWatching(isEmpty);
  return isEmpty;
}
