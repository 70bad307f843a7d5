/** /logs: the log records that answer the search in the URL, counted over time and by value, and listed. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { ApiError } from '../../api/client';
import { useHasLogs, useLogFacets, useLogHistogram, useLogList, useLogTail } from '../../api/logs';
import { useNarrow, type Condition } from '../../api/search';
import { formatCount, plural } from '../../format/number';
import { formatDay } from '../../format/time';
import { ErrorNotice } from '../../ui/Notice';
import { boundsOf } from '../../ui/timeWindow';
import { useTitle } from '../../ui/useTitle';
import { LiveStatus } from '../live/LiveStatus';
import { useHold } from '../live/useHold';
import { useRate } from '../live/useRate';
import { Facets } from './Facets';
import { HowToSendLogs } from './HowToSendLogs';
import { LogBar } from './LogBar';
import { LogChart } from './LogChart';
import { LogList } from './LogList';
import styles from './LogsPage.module.css';
import { logParams } from './model/logsUrl';
import { countOf } from './model/tail';
import { NoLogs } from './NoLogs';
import { useLogsQuery } from './useLogsQuery';

const BUCKETS = 90;
const COUNT_AGAIN_MS = 10_000;

export function LogsPage() {
  useTitle('Logs');
  const [query, change] = useLogsQuery();
  const scroller = useRef<HTMLDivElement>(null);
  const live = query.live && 'last' in query.window;
  const [held, release] = useHold(scroller, live);
  const [asked, setAsked] = useState(() => ({ at: Date.now(), question: '' }));
  const question = JSON.stringify([query.query, query.window, live]);
  // oxlint-disable-next-line react/purity -- the clock is read once per question, and kept
  if (asked.question !== question) setAsked({ at: Date.now(), question });
  const ask = () => setAsked((old) => ({ ...old, at: Date.now() }));
  const countedAt = useCountedAt(live, asked.at);
  const bounds = useMemo(() => boundsOf(query.window, asked.at), [query.window, asked.at]);
  const counted = useMemo(() => boundsOf(query.window, countedAt), [query.window, countedAt]);
  const filters = useMemo(() => logParams(query.query, bounds), [query.query, bounds]);
  const countFilters = useMemo(() => logParams(query.query, counted), [query.query, counted]);

  const list = useLogList(filters);
  const histogram = useLogHistogram(countFilters, BUCKETS);
  const facets = useLogFacets(countFilters, query.facets);
  const listed = useMemo(() => list.data?.pages.flatMap((page) => page.logs) ?? [], [list.data]);
  const known = useMemo(() => countOf(listed), [listed]);
  const { tail, failing } = useLogTail(live && list.isSuccess, filters, known);
  const shown = useShown(tail.rows, held);
  const rate = useRate(tail.at, tail.added);
  const records = useMemo(() => [...shown, ...listed], [shown, listed]);

  const narrow = useNarrow('logs');
  const add = (condition: Condition) => narrow(query.query, condition, (narrowed) => change({ query: narrowed }));
  const isEmpty = list.isSuccess && !list.isPlaceholderData && records.length === 0;
  const hasLogs = useHasLogs(isEmpty && query.query === '');
  const isRefused = list.error instanceof ApiError && list.error.place !== null;
  const total = (list.data?.pages[0]?.total ?? 0) + shown.length;

  if (isEmpty && hasLogs.data === false) return <HowToSendLogs />;
  return (
    <div className={styles.page}>
      <LogBar query={query} error={list.error} onChange={change} onRefresh={ask} refreshing={list.isFetching} onAdd={add} />
      <LogChart histogram={histogram.data} bounds={counted} onWindow={(fromMs, toMs) => change({ window: { fromMs, toMs }, live: false })} />
      <div className={styles.below}>
        <Facets facets={facets.data} keys={query.facets} onKeys={(keys) => change({ facets: keys })} onAdd={add} />
        <div className={styles.scroller} ref={scroller}>
          {list.isError ? (
            !isRefused && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
          ) : isEmpty ? (
            <NoLogs query={query} onChange={change} />
          ) : (
            <>
              <div className={styles.status} role="status">
                {list.data ? (
                  <span>
                    Showing <b>{formatCount(records.length)}</b> of {list.data?.pages[0]?.total_is_exact === false && 'at least '}
                    <b>{formatCount(total)}</b> {total === 1 ? 'record' : 'records'}
                    {tail.missed > 0 && `; ${plural(tail.missed, 'record')} came too fast to show: refresh to list them`}
                  </span>
                ) : (
                  'Reading log records'
                )}
                {live && (
                  <LiveStatus
                    noun="record"
                    rate={rate}
                    held={held}
                    waiting={tail.rows.length - shown.length}
                    more={false}
                    failing={failing}
                    onShow={release}
                  />
                )}
              </div>
              <LogList
                records={records}
                stale={list.isPlaceholderData}
                wrap={query.wrap}
                dated={formatDay(new Date(bounds.startMs)) !== formatDay(new Date(bounds.endMs))}
                open={query.log}
                onOpen={(log) => change({ log })}
                onAdd={add}
                onEnd={() => {
                  if (list.hasNextPage && !list.isFetching) void list.fetchNextPage();
                }}
              />
            </>
          )}
        </div>
      </div>
    </div>
  );
}

/** Rows of the tail that are on screen: while the list stands still, those that were there when it stopped. */
function useShown<Row>(rows: Row[], held: boolean): Row[] {
  const [kept, setKept] = useState(rows);
  const isOther = rows.length < kept.length;
  if ((!held || isOther) && kept !== rows) setKept(rows);
  return held && !isOther ? kept : rows;
}

/** Counts of a live page need not be of this second. */
function useCountedAt(live: boolean, askedAt: number): number {
  const [at, setAt] = useState(askedAt);
  useEffect(() => {
    if (!live) return undefined;
    const timer = setInterval(() => setAt(Date.now()), COUNT_AGAIN_MS);
    return () => clearInterval(timer);
  }, [live]);
  return Math.max(at, askedAt);
}
