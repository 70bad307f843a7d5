/** SQL: its schema for the editor, and one query that runs at a time with its progress, its cancel and its files. */
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, getJson, sendForFile, sendJson } from './client';
import { useProject } from './project';
import type { SqlAnswer, SqlProgress, SqlSchema } from './types';

const PROGRESS_MS = 250;

export type FileFormat = 'CSV' | 'TSV' | 'Parquet' | 'Arrow';

export interface Run {
  query: string;
  parameters: Record<string, string>;
}

export interface SqlState {
  /** The one that `answer` or `error` is about, or that runs. */
  run: Run | null;
  running: boolean;
  progress: SqlProgress | null;
  answer: SqlAnswer | null;
  error: ApiError | null;
}

const NOTHING: SqlState = { run: null, running: false, progress: null, answer: null, error: null };

export function useSqlSchema() {
  const project = useProject();
  return useQuery({
    queryKey: ['sql-schema'],
    queryFn: ({ signal }) => getJson<SqlSchema>('/api/sql/schema', project, signal),
    staleTime: Infinity,
  });
}

export function useSql() {
  const project = useProject();
  const [state, setState] = useState(NOTHING);
  const queryId = useRef<string | null>(null);

  const cancel = useCallback(async () => {
    const id = queryId.current;
    // One that has just ended is not there to be cancelled.
    if (id) await sendJson('DELETE', `/api/sql/${id}`, project).catch(() => undefined);
  }, [project]);

  const start = useCallback(
    async (run: Run) => {
      await cancel();
      const id = crypto.randomUUID();
      queryId.current = id;
      setState({ ...NOTHING, run, running: true });
      const isCurrent = () => queryId.current === id;
      const timer = setInterval(() => {
        getJson<SqlProgress>(`/api/sql/${id}`, project)
          .then((progress) => setState((old) => (isCurrent() && old.running ? { ...old, progress } : old)))
          .catch(() => undefined);
      }, PROGRESS_MS);
      try {
        const answer = await sendJson<SqlAnswer>('POST', '/api/sql', project, { ...run, format: 'JSON', query_id: id });
        if (isCurrent()) setState({ ...NOTHING, run, answer });
      } catch (error) {
        if (isCurrent()) setState({ ...NOTHING, run, error: asApiError(error) });
      } finally {
        clearInterval(timer);
        if (isCurrent()) queryId.current = null;
      }
    },
    [cancel, project],
  );

  useEffect(() => () => void cancel(), [cancel]);
  return { ...state, start, cancel };
}

/** Runs the query again for a file of all its rows. */
export function useSqlFile() {
  const project = useProject();
  return useCallback(
    (run: Run, format: FileFormat, signal: AbortSignal) => sendForFile('/api/sql', project, { ...run, format }, signal),
    [project],
  );
}

function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(0, 'Something went wrong', String(error));
}
