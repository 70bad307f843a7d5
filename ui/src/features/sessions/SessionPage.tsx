/** /sessions/:id: a conversation over its traces, the oldest first. */
import { Link, useLocation } from 'wouter';
import { useProject, withProject } from '../../api/project';
import { useSession } from '../../api/sessions';
import { plural } from '../../format/number';
import { ErrorNotice } from '../../ui/Notice';
import { useTitle } from '../../ui/useTitle';
import { ActivityHeader } from './ActivityHeader';
import { Conversation } from './Conversation';
import styles from './ConversationPage.module.css';
import { idIn, userPath } from './model/activityUrl';

export function SessionPage() {
  // The id may hold escaped slashes, which the router's own path has lost.
  useLocation();
  const id = idIn(window.location.pathname, '/sessions/');
  return <OneSession key={id} sessionId={id} />;
}

function OneSession({ sessionId }: { sessionId: string }) {
  useTitle(`Session ${sessionId}`);
  const session = useSession(sessionId);
  const pages = session.data?.pages ?? [];
  const first = pages[0]?.session;
  if (session.isError) return <ErrorNotice error={session.error} onRetry={() => void session.refetch()} />;
  if (!first) return <p className={styles.waiting} role="status">Reading the session</p>;
  return (
    <div className={styles.page}>
      <ActivityHeader kind="session" id={sessionId} activity={first}>
        <Users ids={first.user_ids} />
      </ActivityHeader>
      <Conversation
        traces={pages.flatMap((page) => page.traces)}
        total={first.trace_count}
        fetching={session.isFetching}
        onMore={() => void session.fetchNextPage()}
      />
    </div>
  );
}

function Users({ ids }: { ids: string[] }) {
  const project = useProject();
  if (ids.length === 0) return null;
  return (
    <span>
      {plural(ids.length, 'user').replace(/^[\d,]+ /, '')}{' '}
      {ids.map((id, at) => (
        <span key={id}>
          {at > 0 && ', '}
          <Link href={withProject(userPath(id), project)}>{id}</Link>
        </span>
      ))}
    </span>
  );
}
