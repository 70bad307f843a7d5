/** One GET for the whole page: the project header, and problem details turned into an Error that says so. */

export class ApiError extends Error {
  readonly status: number;
  readonly title: string;

  constructor(status: number, title: string, detail: string) {
    super(detail);
    this.name = 'ApiError';
    this.status = status;
    this.title = title;
  }
}

export async function getJson<T>(path: string, project: string, signal?: AbortSignal): Promise<T> {
  const response = await answerOf(path, project, signal);
  if (!response.ok) throw await problemOf(response, path);
  return (await response.json()) as T;
}

export async function getText(path: string, project: string, signal?: AbortSignal): Promise<string> {
  const response = await answerOf(path, project, signal, '*/*');
  if (!response.ok) throw await problemOf(response, path);
  return response.text();
}

async function answerOf(path: string, project: string, signal?: AbortSignal, type = 'application/json'): Promise<Response> {
  const accept = { accept: type };
  // A resource attribute may name a project in any script; a header has ASCII only.
  const fits = /^[\x21-\x7e]+$/.test(project);
  const headers = fits ? { ...accept, 'x-spanhouse-project': project } : accept;
  const url = fits ? path : `${path}${path.includes('?') ? '&' : '?'}project=${encodeURIComponent(project)}`;
  try {
    return await fetch(url, { headers, signal: signal ?? null });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    const place = path.split('?')[0]!;
    throw new ApiError(0, 'No answer from the server', `${place} could not be reached. Is spanhouse still running?`);
  }
}

async function problemOf(response: Response, path: string): Promise<ApiError> {
  const title = response.statusText || `HTTP ${response.status}`;
  try {
    const problem = (await response.json()) as { title?: string; detail?: string };
    return new ApiError(response.status, problem.title ?? title, problem.detail ?? `${path} answered ${response.status}`);
  } catch {
    return new ApiError(response.status, title, `${path} answered ${response.status}`);
  }
}

/** Retrying helps against a lost connection or a busy server, never against a request that is wrong. */
export function isWorthRetrying(failures: number, error: unknown): boolean {
  const status = error instanceof ApiError ? error.status : 0;
  return failures < 2 && (status === 0 || status === 429 || status >= 500);
}
