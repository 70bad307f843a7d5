/** /: the traces that answer the question in the URL, as a chart and as a table. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useProject } from '../../../api/project';
import { useProjects } from '../../../api/server';
import { useHistogram, useTraceList } from '../../../api/traceList';
import { ErrorNotice } from '../../../ui/Notice';
import { useTitle } from '../../../ui/useTitle';
import { boundsOf, filterParams, hasFilters } from '../model/listUrl';
import { GettingStarted } from './GettingStarted';
import { LatencyChart } from './LatencyChart';
import { ListStatus } from './ListStatus';
import { NothingFound } from './NothingFound';
import { QueryBar } from './QueryBar';
import styles from './TraceListPage.module.css';
import { TraceTable } from './TraceTable';
import { useFreshIds } from './useFreshIds';
import { useTraceQuery } from './useTraceQuery';

const LIVE_MS = 4000;
const BUCKETS = 80;

export function TraceListPage() {
  useTitle('Traces');
  const [query, change] = useTraceQuery();
  const scroller = useRef<HTMLDivElement>(null);
  const projectIsEmpty = useProjectIsEmpty();
  const live = (query.live || projectIsEmpty) && 'last' in query.window;
  const [askedAt, ask] = useAskedAt(live, JSON.stringify(query));
  const bounds = useMemo(() => boundsOf(query.window, askedAt), [query.window, askedAt]);
  const filters = useMemo(() => filterParams(query, bounds).toString(), [query, bounds]);

  const list = useTraceList(filters, query.sort);
  const histogram = useHistogram(filters, BUCKETS);
  const traces = useMemo(() => list.data?.pages.flatMap((page) => page.traces) ?? [], [list.data]);
  const fresh = useFreshIds(traces, query.live);
  const first = list.data?.pages[0];
  const isEmpty = list.isSuccess && !list.isPlaceholderData && traces.length === 0;

  if (projectIsEmpty && isEmpty) return <GettingStarted />;
  return (
    <div className={styles.page} ref={scroller}>
      <QueryBar query={query} onChange={change} onRefresh={ask} refreshing={list.isFetching} />
      <div className={styles.charts}>
        <LatencyChart
          traces={traces}
          histogram={histogram.data}
          bounds={bounds}
          onWindow={(fromMs, toMs) => change({ window: { fromMs, toMs }, live: false })}
        />
      </div>
      {list.isError ? (
        <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
      ) : isEmpty ? (
        <NothingFound query={query} filtered={hasFilters(query)} onChange={change} />
      ) : (
        <div className={list.isPlaceholderData && !live ? styles.stale : undefined} aria-busy={list.isPlaceholderData}>
          <ListStatus shown={traces.length} page={first} fetching={list.isFetching} />
          <TraceTable
            scroller={scroller}
            traces={traces}
            fresh={fresh}
            sort={query.sort}
            onSort={(sort) => change({ sort })}
            onEnd={() => {
              if (list.hasNextPage && !list.isFetching) void list.fetchNextPage();
            }}
          />
        </div>
      )}
    </div>
  );
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

/**
 * The moment a relative window counts back from. It moves when the question changes, when it is asked again and,
 * live, every few seconds; else scrolling would ask each page over another window.
 */
function useAskedAt(live: boolean, question: string): [number, () => void] {
  const [asked, setAsked] = useState(() => ({ at: Date.now(), question }));
  const client = useQueryClient();
  // oxlint-disable-next-line react/purity -- the clock is read once per question, and kept
  if (asked.question !== question) setAsked({ at: Date.now(), question });
  useEffect(() => {
    if (!live) return undefined;
    const timer = setInterval(() => setAsked((old) => ({ ...old, at: Date.now() })), LIVE_MS);
    return () => clearInterval(timer);
  }, [live]);
  const ask = () => {
    setAsked((old) => ({ ...old, at: Date.now() }));
    void client.invalidateQueries({ queryKey: ['traces'] });
  };
  return [asked.at, ask];
}
