/** Answers fetch from a table of paths, so that components are tested through the real client and query cache. */
import { vi } from 'vitest';

export interface Asked {
  path: string;
  project: string | null;
}

/** A path that is not in the table answers with 404 problem details, as the API does. */
export function answerFetch(answers: Record<string, unknown>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    asked.push({ path, project: new Headers(init?.headers).get('x-spanhouse-project') });
    const answer = answers[path.split('?')[0]!];
    if (answer !== undefined) return Response.json(answer);
    return Response.json(
      { title: 'Not found', status: 404, detail: `nothing at ${path}` },
      { status: 404, headers: { 'content-type': 'application/problem+json' } },
    );
  });
  return asked;
}
