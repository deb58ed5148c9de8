import { expect } from 'vitest';
import type { ActivityEntry } from '@/lib/crons/activity';
import * as events from './deployments/[deployment]/bulk/[jobId]/events/route';

export type Handler<P> = (request: Request, context: { params: Promise<P> }) => Promise<Response>;

/** Asks a route of the deployment `default`: a POST where there is a body, else a GET. */
export async function call<T, P extends object>(
  handler: Handler<P & { deployment: string }>,
  params: P,
  body?: unknown,
  query = '',
): Promise<{ status: number; json: T }> {
  const request = new Request(`http://localhost/api${query}`, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const response = await handler(request, { params: Promise.resolve({ deployment: 'default', ...params }) });
  return { status: response.status, json: (await response.json()) as T };
}

/** Reads the stream of a job to its end; the entries it told, in order. */
export async function follow(jobId: string): Promise<ActivityEntry[]> {
  const request = new Request('http://localhost/api');
  const response = await events.GET(request, { params: Promise.resolve({ deployment: 'default', jobId }) });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const text = await response.text();
  expect(text).toContain('event: end');
  return [...text.matchAll(/^data: (\{"entry".*)$/gm)].map(
    (match) => JSON.parse(match[1] ?? '').entry as ActivityEntry,
  );
}
