import type { Problem } from '@/lib/result';

/** What a request to the dashboard's own API failed with: thrown, because React Query keeps errors that way. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: string;
  readonly hint: string;
  readonly field: string | undefined;
  /** Status of the answer; 0 where none came. */
  readonly status: number;
  /** The whole problem as it was sent: some routes add details. */
  readonly problem: Problem;
  /** The whole answer: some routes say more beside the problem. */
  readonly body: unknown;

  constructor(problem: Problem, status: number, body: unknown = null) {
    super(problem.message);
    this.code = problem.code;
    this.hint = problem.hint;
    this.field = problem.field;
    this.status = status;
    this.problem = problem;
    this.body = body;
  }
}

const unreachable: Problem = {
  code: 'dashboard-unreachable',
  message: 'Crondeck itself does not answer.',
  hint: 'Check that it still runs (npm start) and that you are online. Nothing you see is lost; it refreshes by itself.',
};

function problemIn(body: unknown, status: number): Problem {
  const problem = typeof body === 'object' && body !== null && 'problem' in body ? body.problem : null;
  if (typeof problem === 'object' && problem !== null && 'code' in problem && 'message' in problem)
    return problem as Problem;
  return {
    code: 'unexpected',
    message: `Crondeck answered with status ${status}.`,
    hint: 'Reload the page. If it stays, look into the terminal Crondeck runs in.',
  };
}

async function request<T>(
  method: string,
  path: string,
  body: unknown,
  signal: AbortSignal | undefined,
): Promise<T> {
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, {
      method,
      headers,
      cache: 'no-store',
      ...(signal ? { signal } : {}),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    text = await response.text();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiProblem(unreachable, 0);
  }
  let data: unknown = null;
  try {
    data = text === '' ? null : JSON.parse(text);
  } catch {
    throw new ApiProblem(problemIn(null, response.status), response.status);
  }
  if (!response.ok) throw new ApiProblem(problemIn(data, response.status), response.status, data);
  return data as T;
}

/** Reads from the dashboard's API; throws ApiProblem. */
export function apiGet<T>(path: string, signal?: AbortSignal): Promise<T> {
  return request<T>('GET', path, undefined, signal);
}

/** Changes something through the dashboard's API; throws ApiProblem. Never repeated. */
export function apiSend<T>(
  method: 'POST' | 'PATCH' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> {
  return request<T>(method, path, body, undefined);
}

/** Starts something that answers piece by piece and hands the stream over; throws ApiProblem if it does not start. */
export async function apiStream(
  path: string,
  body: unknown,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  let response: Response;
  try {
    const headers = { 'content-type': 'application/json' };
    response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body), signal });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ApiProblem(unreachable, 0);
  }
  if (response.ok && response.body) return response.body;
  const data: unknown = await response.json().catch(() => null);
  throw new ApiProblem(problemIn(data, response.status), response.status);
}

/** The address of a deployment in the dashboard's API, with further path segments. */
export function deploymentPath(deploymentId: string, ...segments: readonly string[]): string {
  return ['/api/deployments', deploymentId, ...segments]
    .map((part, index) => (index === 0 ? part : encodeURIComponent(part)))
    .join('/');
}
