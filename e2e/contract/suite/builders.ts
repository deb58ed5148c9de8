import { afterAll, inject } from 'vitest';
import { z } from 'zod';
import { send } from './api';
import { mustBe } from './exchange';
import { bodyOf, cronSchema, searchCrons, type WireCron } from './wire';

/** A schedule far from now that fires once a year, for crons that must stay quiet. */
export const quiet = '0 0 1 1 *';

const made = { crons: [] as string[], assistants: [] as string[], threads: [] as string[] };

afterAll(async () => {
  const remove = (paths: readonly string[]) => Promise.all(paths.map((path) => send('DELETE', path)));
  await remove(made.crons.splice(0).map((id) => `/runs/crons/${id}`));
  await remove(made.threads.splice(0).map((id) => `/threads/${id}`));
  await remove(made.assistants.splice(0).map((id) => `/assistants/${id}`));
});

/** An assistant of its own: what is searched by it is nobody else's. */
export async function anAssistant(): Promise<string> {
  // One server knows an assistant by graph and config, and refuses a second one of the same.
  const config = { tags: [crypto.randomUUID()] };
  const reply = await send('POST', '/assistants', {
    graph_id: inject('server').graph,
    name: 'contract',
    config,
  });
  const { assistant_id } = bodyOf(z.looseObject({ assistant_id: z.uuid() }), reply);
  made.assistants.push(assistant_id);
  return assistant_id;
}

export async function aThread(metadata: Record<string, unknown> = {}): Promise<string> {
  const { thread_id } = bodyOf(
    z.looseObject({ thread_id: z.uuid() }),
    await send('POST', '/threads', { metadata }),
  );
  made.threads.push(thread_id);
  return thread_id;
}

/** A create body that every server accepts, with what the case is about. */
export function aCronBody(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return { assistant_id: inject('server').graph, schedule: quiet, input: { messages: [] }, ...fields };
}

/** What to run so that it takes that long, and fails if asked to. */
export function aRun({ busyMs = 0, fails = false }: { busyMs?: number; fails?: boolean }) {
  const { agents, graph } = inject('server');
  if (agents === 'samples') {
    return fails
      ? { assistant_id: 'flaky', input: { pattern: 'F' } }
      : { assistant_id: 'slow', input: { seconds: busyMs / 1000 } };
  }
  return { assistant_id: graph, input: { messages: [], sleep_ms: busyMs, fail: fails } };
}

/**
 * Creates a cron and gives it as stored, on a thread if one is named. It carries a marker in its metadata, by which
 * it is found where the server answers with a run instead of the cron.
 */
export async function aCron(
  fields: Record<string, unknown> = {},
  threadId: string | null = null,
): Promise<WireCron & { readonly marker: string }> {
  const marker = crypto.randomUUID();
  const metadata = { ...(fields.metadata as Record<string, unknown> | undefined), marker };
  const path = threadId === null ? '/runs/crons' : `/threads/${threadId}/runs/crons`;
  const reply = mustBe(200, await send('POST', path, aCronBody({ ...fields, metadata })));
  const answered = cronSchema.safeParse(reply.body);
  const cron = answered.success ? answered.data : await findCron(marker);
  if (!cron) throw new Error(`created, but no cron carries its metadata: ${reply.exchange}`);
  made.crons.push(cron.cron_id);
  return { ...cron, marker };
}

/** The cron with this marker as it is stored now, or null. */
export async function findCron(marker: string): Promise<WireCron | null> {
  return (await searchCrons({ metadata: { marker } }))[0] ?? null;
}

/** Like findCron, for a cron that must be there. */
export async function storedCron(marker: string): Promise<WireCron> {
  const cron = await findCron(marker);
  if (!cron) throw new Error(`the cron marked ${marker} is gone`);
  return cron;
}

/** Creates from the body as it is and remembers the cron, if there is one in the answer. */
export async function createRaw(body: unknown, threadId: string | null = null) {
  const path = threadId === null ? '/runs/crons' : `/threads/${threadId}/runs/crons`;
  const reply = await send('POST', path, body);
  const cron = cronSchema.safeParse(reply.body);
  if (cron.success) made.crons.push(cron.data.cron_id);
  return reply;
}

export async function patchCron(cronId: string, body: unknown): Promise<WireCron> {
  return bodyOf(cronSchema, await send('PATCH', `/runs/crons/${cronId}`, body));
}
