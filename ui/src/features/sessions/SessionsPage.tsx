/** /sessions: the conversations that were held in a window of time. */
import { useMemo } from 'react';
import { useSessionList } from '../../api/sessions';
import { useDebounced } from '../../ui/useDebounced';
import { useTitle } from '../../ui/useTitle';
import { ActivityPage, type Listed } from './ActivityPage';
import { activityParams, sessionPath } from './model/activityUrl';
import { useActivityQuery } from './useActivityQuery';
import { TYPING_MS, useQuestionTime } from './useQuestionTime';

export function SessionsPage() {
  useTitle('Sessions');
  const [query, change] = useActivityQuery();
  const settled = useDebounced(query, TYPING_MS);
  const [now, ask] = useQuestionTime(settled);
  const list = useSessionList(useMemo(() => activityParams(settled, now).toString(), [settled, now]));
  const items = useMemo(
    () => list.data?.pages.flatMap((page) => page.sessions.map((session): Listed => ({
      ...session, id: session.session_id, path: sessionPath(session.session_id), others: session.user_ids,
    }))) ?? [],
    [list.data],
  ); // prettier-ignore
  return <ActivityPage kind="session" query={query} change={change} ask={ask} list={list} items={items} />;
}
