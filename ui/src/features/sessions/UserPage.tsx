/** /users/:id: who it is, what was used over time, the sessions, and the traces, the newest first. */
import { useMemo } from 'react';
import { Link, useLocation } from 'wouter';
import { useProject, withProject } from '../../api/project';
import { useSessionList, useUser } from '../../api/sessions';
import type { UserSummary } from '../../api/types';
import { formatCost } from '../../format/cost';
import { formatCount, plural } from '../../format/number';
import { formatAge, nanoToMs } from '../../format/time';
import { Button } from '../../ui/Button';
import { ErrorNotice } from '../../ui/Notice';
import { TokenFlow } from '../../ui/TokenFlow';
import { useNow } from '../../ui/useNow';
import { useTitle } from '../../ui/useTitle';
import { ActivityHeader } from './ActivityHeader';
import { Conversation } from './Conversation';
import styles from './ConversationPage.module.css';
import { idIn, sessionPath } from './model/activityUrl';
import { UsageChart } from './UsageChart';

export function UserPage() {
  // The id may hold escaped slashes, which the router's own path has lost.
  useLocation();
  const id = idIn(window.location.pathname, '/users/');
  return <OneUser key={id} userId={id} />;
}

function OneUser({ userId }: { userId: string }) {
  useTitle(`User ${userId}`);
  const user = useUser(userId);
  const pages = user.data?.pages ?? [];
  const first = pages[0]?.user;
  if (user.isError) return <ErrorNotice error={user.error} onRetry={() => void user.refetch()} />;
  if (!first) return <p className={styles.waiting} role="status">Reading the user</p>;
  return (
    <div className={styles.page}>
      <ActivityHeader kind="user" id={userId} activity={first}>
        <span>{plural(first.session_count, 'session')}</span>
      </ActivityHeader>
      <UsageChart user={first} />
      {first.session_count > 0 && <Sessions user={first} />}
      <h2 className={styles.title}>Traces, the newest first</h2>
      <Conversation
        traces={pages.flatMap((page) => page.traces)}
        total={first.trace_count}
        fetching={user.isFetching}
        onMore={() => void user.fetchNextPage()}
      />
    </div>
  );
}

function Sessions({ user }: { user: UserSummary }) {
  const project = useProject();
  const now = useNow(5000);
  const params = useMemo(
    () =>
      new URLSearchParams({ user: user.user_id, start: user.start_time_unix_nano, end: user.end_time_unix_nano }).toString(),
    [user],
  );
  const list = useSessionList(params);
  const sessions = list.data?.pages.flatMap((page) => page.sessions) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  if (list.isError) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <section>
      <h2 className={styles.title}>Sessions</h2>
      <ul className={styles.sessions}>
        {sessions.map((session) => (
          <li key={session.session_id}>
            <Link href={withProject(sessionPath(session.session_id), project)}>{session.session_id}</Link>
            <span className={styles.asked}>{session.last_input?.text.replace(/\s+/g, ' ')}</span>
            <span>{plural(session.trace_count, 'trace')}</span>
            <span className={styles.tokens}>
              {session.input_tokens + session.output_tokens > 0 && (
                <TokenFlow input={session.input_tokens} output={session.output_tokens} />
              )}
            </span>
            <span className={styles.tokens}>{session.cost !== null && formatCost(session.cost)}</span>
            <span>{formatAge(nanoToMs(session.end_time_unix_nano), now)}</span>
          </li>
        ))}
      </ul>
      {sessions.length < total && (
        <p className={styles.more}>
          Showing {formatCount(sessions.length)} of {plural(total, 'session')}
          <Button small label="Show more" disabled={list.isFetching} onClick={() => void list.fetchNextPage()} />
        </p>
      )}
    </section>
  );
}
