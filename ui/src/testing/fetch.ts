/** Answers fetch from a table of paths, so that components are tested through the real client and query cache. */
import { vi } from 'vitest';

export interface Asked {
  path: string;
  project: string | null;
  method: string;
  body: unknown;
}

/**
 * A path that is not in the table answers with 404 problem details, as the API does. Other methods than GET stand before their path, "PUT /api/x";
 * an answer may be a function of what was sent, or a Response.
 */
export function answerFetch(answers: Record<string, unknown>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    const method = init?.method ?? 'GET';
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
    asked.push({ path, project: new Headers(init?.headers).get('x-spanhouse-project'), method, body });
    const place = path.split('?')[0]!;
    const found = answers[method === 'GET' ? place : `${method} ${place}`];
    const answer: unknown = typeof found === 'function' ? await (found as (body: unknown) => unknown)(body) : found;
    if (answer instanceof Response) return answer;
    if (answer !== undefined) return Response.json(answer);
    return Response.json(
      { title: 'Not found', status: 404, detail: `nothing at ${path}` },
      { status: 404, headers: { 'content-type': 'application/problem+json' } },
    );
  });
  return asked;
}
