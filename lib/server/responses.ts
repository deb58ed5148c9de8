import 'server-only';
import type { Problem, Result } from '@/lib/result';

const statuses: Readonly<Record<string, number>> = {
  'bad-request': 400,
  'unknown-deployment': 404,
  'not-found': 404,
  gone: 404,
  unsupported: 409,
  'too-large': 413,
  refused: 422,
  'rate-limited': 429,
  config: 500,
  'selection-changed': 409,
  'nothing-selected': 422,
  'nothing-to-undo': 409,
  'not-undoable': 409,
  'still-running': 409,
  'not-stopped': 409,
  'lease-open': 409,
  'settings-changed': 409,
  'invalid-settings': 422,
  'destination-exists': 409,
  'mail-not-ready': 409,
  'store-url': 500,
  'newer-store': 500,
  'damaged-store': 500,
  'foreign-store': 500,
  'store-unreachable': 500,
  timeout: 504,
};

const noStore = { 'cache-control': 'no-store' };

/** Answers with data. */
export function respond(data: unknown, status = 200): Response {
  return Response.json(data, { status, headers: noStore });
}

/**
 * Answers with `{problem: {code, message, hint, field?}}`. What the deployment did wrong is 502, so that it is never
 * taken for a refusal of the dashboard itself.
 */
export function respondProblem(problem: Problem & { readonly retryAfterMs?: number }): Response {
  const { code, message, hint, field, retryAfterMs } = problem;
  const headers =
    retryAfterMs === undefined
      ? noStore
      : { ...noStore, 'retry-after': String(Math.ceil(retryAfterMs / 1000)) };
  const body = { problem: { code, message, hint, ...(field === undefined ? {} : { field }) } };
  return Response.json(body, { status: statuses[code] ?? 502, headers });
}

export function respondResult(result: Result<unknown, Problem>): Response {
  return result.ok ? respond(result.value) : respondProblem(result.error);
}
