/** Sessions and users: lists of them, and one with its conversation. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getJson } from './client';
import { useProject } from './project';
import type { Session, SessionPage, TracePage, User, UserPage, UserSummary } from './types';

/** Traces of a conversation that come at once; their beginnings and ends are read one by one. */
const TRACES = 20;
const LISTED = 100;

export function useSessionList(params: string) {
  return usePages<SessionPage>(`/api/sessions?${params}&limit=${LISTED}`);
}

export function useUserList(params: string) {
  return usePages<UserPage>(`/api/users?${params}&limit=${LISTED}`);
}

export function useSession(sessionId: string) {
  return usePages<Session>(`/api/sessions/${encodeURIComponent(sessionId)}?limit=${TRACES}`);
}

export function useUser(userId: string) {
  return usePages<User>(`/api/users/${encodeURIComponent(userId)}?limit=${TRACES}`);
}

function usePages<Page extends { next_offset: number | null }>(address: string) {
  const project = useProject();
  return useInfiniteQuery({
    queryKey: ['sessions', project, address],
    queryFn: ({ pageParam, signal }) => getJson<Page>(`${address}&offset=${pageParam}`, project, signal),
    initialPageParam: 0,
    getNextPageParam: (page: Page) => page.next_offset,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}

/** As many as one answer holds; it says how many there are. */
const MOST_TRACES = 1000;

/** The newest traces of a user over all of the activity. */
export function useUserTraces({ user_id: userId, start_time_unix_nano: start, end_time_unix_nano: end }: UserSummary) {
  const project = useProject();
  // A string of the search language escapes as JSON does.
  const query = encodeURIComponent(`user = ${JSON.stringify(userId)}`);
  return useQuery({
    queryKey: ['user-traces', project, userId, start, end],
    queryFn: ({ signal }) =>
      getJson<TracePage>(`/api/traces?query=${query}&start=${start}&end=${end}&limit=${MOST_TRACES}`, project, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}
