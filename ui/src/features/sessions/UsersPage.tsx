/** /users: who was served in a window of time. */
import { useMemo } from 'react';
import { useUserList } from '../../api/sessions';
import { useDebounced } from '../../ui/useDebounced';
import { useTitle } from '../../ui/useTitle';
import { ActivityPage, type Listed } from './ActivityPage';
import { activityParams, userPath } from './model/activityUrl';
import { useActivityQuery } from './useActivityQuery';
import { TYPING_MS, useQuestionTime } from './useQuestionTime';

export function UsersPage() {
  useTitle('Users');
  const [query, change] = useActivityQuery();
  const settled = useDebounced(query, TYPING_MS);
  const [now, ask] = useQuestionTime(settled);
  const list = useUserList(useMemo(() => activityParams(settled, now).toString(), [settled, now]));
  const items = useMemo(
    () => list.data?.pages.flatMap((page) => page.users.map((user): Listed => ({
      ...user, id: user.user_id, path: userPath(user.user_id), others: user.session_count,
    }))) ?? [],
    [list.data],
  ); // prettier-ignore
  return <ActivityPage kind="user" query={query} change={change} ask={ask} list={list} items={items} />;
}
