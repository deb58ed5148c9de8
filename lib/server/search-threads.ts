import 'server-only';
import { z } from 'zod';
import { threadIdSchema, type ThreadId } from '@/lib/crons/ids';
import { parseInstant } from '@/lib/crons/parse-instant';
import { threadStatuses, type ThreadList, type ThreadSummary } from '@/lib/crons/thread';
import { err, ok, type Result } from '@/lib/result';
import type { DeploymentClient } from './deployment-client';
import { threadTitle } from './thread-title';
import type { UpstreamProblem } from './upstream-problem';

const pageSize = 100;
/** Threads carry their whole state, so the search looks through the latest ones only. */
const mostPages = 5;
const shown = 50;

const wireSchema = z.object({
  thread_id: z.string().min(1),
  status: z.enum(threadStatuses).catch('unknown'),
  updated_at: z.unknown().optional(),
  metadata: z.record(z.string(), z.unknown()).nullish().catch(null),
  values: z.unknown().optional(),
});

/** Reads a thread of the wire; null where it has no id. */
export function readThread(wire: unknown): ThreadSummary | null {
  const read = wireSchema.safeParse(wire);
  if (!read.success) return null;
  const { thread_id: id, status, updated_at: updated, metadata, values } = read.data;
  return {
    threadId: id as ThreadId,
    name: threadTitle(metadata ?? {}, values) ?? 'Untitled thread',
    status,
    updatedMs: parseInstant(updated),
  };
}

async function byId(
  client: Pick<DeploymentClient, 'getThread'>,
  id: ThreadId,
): Promise<Result<ThreadList, UpstreamProblem>> {
  const reply = await client.getThread(id);
  if (!reply.ok)
    return reply.error.code === 'not-found' ? ok({ threads: [], searchedAll: true }) : err(reply.error);
  const thread = readThread(reply.value);
  return ok({ threads: thread ? [thread] : [], searchedAll: true });
}

/**
 * Threads whose title, id or first message contains `q`, the latest first. The API cannot search texts, so the latest
 * 500 are read; a whole id is asked for directly and therefore always found.
 */
export async function searchThreads(
  client: Pick<DeploymentClient, 'searchThreads' | 'getThread'>,
  q: string,
): Promise<Result<ThreadList, UpstreamProblem>> {
  const wanted = q.trim().toLowerCase();
  const whole = threadIdSchema.safeParse(wanted);
  if (whole.success) return byId(client, whole.data);
  const found: ThreadSummary[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const body = { limit: pageSize, offset: page * pageSize, sort_by: 'updated_at', sort_order: 'desc' };
    const reply = await client.searchThreads(body);
    if (!reply.ok) return reply;
    for (const wire of reply.value) {
      const thread = readThread(wire);
      if (thread && `${thread.name}\n${thread.threadId}`.toLowerCase().includes(wanted)) found.push(thread);
    }
    if (reply.value.length < pageSize) return ok({ threads: found.slice(0, shown), searchedAll: true });
    if (found.length >= shown) break;
  }
  return ok({ threads: found.slice(0, shown), searchedAll: false });
}

/** Makes a thread; the title goes into its metadata, where every client finds it. */
export async function createThread(
  client: Pick<DeploymentClient, 'createThread'>,
  title: string | undefined,
): Promise<Result<ThreadSummary, UpstreamProblem>> {
  const made = await client.createThread(title ? { metadata: { title } } : {});
  if (!made.ok) return made;
  const thread = readThread(made.value);
  if (thread) return ok(thread);
  return err({
    code: 'unexpected-reply',
    message: 'The deployment made a thread but did not say which.',
    hint: 'Look for it in the list of threads before you try again.',
  });
}
