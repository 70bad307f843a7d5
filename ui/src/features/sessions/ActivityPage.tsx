/** The list of sessions, or of users: its question, how much of it is shown, its rows. */
import { useRef } from 'react';
import type { SessionSummary } from '../../api/types';
import { formatCount } from '../../format/number';
import { Button } from '../../ui/Button';
import { ErrorNotice } from '../../ui/Notice';
import { TimePicker } from '../../ui/TimePicker';
import styles from './ActivityPage.module.css';
import { ActivityTable } from './ActivityTable';
import type { ActivityQuery } from './model/activityUrl';
import { NoActivity } from './NoActivity';

export type Kind = 'session' | 'user';

export interface Listed extends Omit<SessionSummary, 'session_id' | 'user_ids'> {
  id: string;
  path: string;
  /** Of a session its users, of a user how many sessions. */
  others: string[] | number;
}

interface Props {
  kind: Kind;
  query: ActivityQuery;
  change: (part: Partial<ActivityQuery>) => void;
  ask: () => void;
  list: {
    data: { pages: { total: number }[] } | undefined;
    error: Error | null;
    isError: boolean;
    isSuccess: boolean;
    isFetching: boolean;
    isPlaceholderData: boolean;
    hasNextPage: boolean;
    fetchNextPage: () => Promise<unknown>;
    refetch: () => Promise<unknown>;
  };
  items: Listed[];
}

export function ActivityPage({ kind, query, change, ask, list, items }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const total = list.data?.pages[0]?.total ?? 0;
  const isEmpty = list.isSuccess && !list.isPlaceholderData && items.length === 0;
  return (
    <div className={styles.page} ref={scroller}>
      <div className={styles.bar} role="search" aria-label={kind === 'session' ? 'Sessions' : 'Users'}>
        <input
          className={styles.text}
          type="search"
          aria-label="Part of a session or user id"
          placeholder="Part of a session or user id"
          spellCheck={false}
          value={query.text}
          onChange={(event) => change({ text: event.target.value })}
        />
        <TimePicker window={query.window} onChange={(window) => change({ window })} />
        <Button label="Refresh" disabled={list.isFetching} onClick={ask} />
      </div>
      {list.isError ? (
        <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
      ) : isEmpty ? (
        <NoActivity kind={kind} query={query} onChange={change} />
      ) : (
        <div className={list.isPlaceholderData ? styles.stale : undefined} aria-busy={list.isPlaceholderData}>
          <p className={styles.status} role="status">
            {list.data ? (
              <>
                Showing <b>{formatCount(items.length)}</b> of <b>{formatCount(total)}</b> {total === 1 ? kind : `${kind}s`}
              </>
            ) : (
              `Reading ${kind}s`
            )}
          </p>
          <ActivityTable
            kind={kind}
            scroller={scroller}
            items={items}
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
