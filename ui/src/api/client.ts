/** One road to the API for the whole page: the project header, and problem details turned into an Error that says so. */

/** Where in what was typed a problem lies, in characters, and what to do; see query/errors.py. */
export interface ProblemPlace {
  offset: number;
  length: number;
  found: string;
  expected: string;
  advice: string;
}

/** Where in what was typed a problem lies, in characters, and what to do; see query/errors.py. */
export interface ProblemPlace {
  offset: number;
  length: number;
  found: string;
  expected: string;
  advice: string;
}

export class ApiError extends Error {
  readonly status: number;
  readonly title: string;
  readonly place: ProblemPlace | null;

  constructor(status: number, title: string, detail: string, place: ProblemPlace | null = null) {
    super(detail);
    this.name = 'ApiError';
    this.status = status;
    this.title = title;
    this.place = place;
  }
}

export async function getJson<T>(path: string, project: string, signal?: AbortSignal): Promise<T> {
  return (await (await answerOf(path, project, signal ? { signal } : {})).json()) as T;
}

export async function getText(path: string, project: string, signal?: AbortSignal): Promise<string> {
  const init = { headers: { accept: '*/*' }, ...(signal && { signal }) };
  return (await answerOf(path, project, init)).text();
}

/** What writes, and questions too long for an address; answers without a body are undefined. */
export async function sendJson<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, project: string, body?: unknown): Promise<T> {
  const answer = await answerOf(path, project, jsonInit(method, body));
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** The same where the answer is a file. */
export async function sendForFile(path: string, project: string, body: unknown, signal: AbortSignal): Promise<Blob> {
  return (await answerOf(path, project, { ...jsonInit('POST', body), signal })).blob();
}

function jsonInit(method: string, body: unknown): RequestInit {
  if (body === undefined) return { method };
  return { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}

/** An answer that is one. */
async function answerOf(path: string, project: string, init: RequestInit): Promise<Response> {
  const response = await fetched(path, project, init);
  if (!response.ok) throw await problemOf(response, path);
  return response;
}

async function fetched(path: string, project: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  if (!headers.has('accept')) headers.set('accept', 'application/json');
  // A resource attribute may name a project in any script; a header has ASCII only.
  const fits = /^[\x21-\x7e]+$/.test(project);
  if (fits) headers.set('x-spanhouse-project', project);
  const url = fits ? path : `${path}${path.includes('?') ? '&' : '?'}project=${encodeURIComponent(project)}`;
  try {
    return await fetch(url, { ...init, headers });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    const place = path.split('?')[0]!;
    throw new ApiError(0, 'No answer from the server', `${place} could not be reached. Is spanhouse still running?`);
  }
}

async function problemOf(response: Response, path: string): Promise<ApiError> {
  const title = response.statusText || `HTTP ${response.status}`;
  try {
    const problem = (await response.json()) as { title?: string; detail?: string } & Partial<ProblemPlace>;
    const detail = problem.detail ?? `${path} answered ${response.status}`;
    const place = problem.offset === undefined ? null : (problem as ProblemPlace);
    return new ApiError(response.status, problem.title ?? title, detail, place);
  } catch {
    return new ApiError(response.status, title, `${path} answered ${response.status}`);
  }
}

/** Retrying helps against a lost connection or a busy server, never against a request that is wrong. */
export function isWorthRetrying(failures: number, error: unknown): boolean {
  const status = error instanceof ApiError ? error.status : 0;
  return failures < 2 && (status === 0 || status === 429 || status >= 500);
}
