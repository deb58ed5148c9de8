import 'server-only';
import { z } from 'zod';
import type { Cron, JsonObject } from '@/lib/crons/cron';
import type { AssistantId, CronId, RunId, ThreadId } from '@/lib/crons/ids';
import { parseCron } from '@/lib/crons/parse-cron';
import { err, ok, type Result } from '@/lib/result';
import type { DeploymentConfig } from './config';
import type { UpstreamProblem } from './upstream-problem';
import { openUpstream, requestUpstream, type UpstreamRequest } from './upstream-request';

export type Answer<T> = Promise<Result<T, UpstreamProblem>>;

export type CronSearch = {
  readonly assistant_id?: string;
  readonly thread_id?: string;
  readonly enabled?: boolean;
  readonly limit: number;
  readonly offset?: number;
  readonly sort_by?: 'cron_id' | 'created_at' | 'updated_at' | 'next_run_date';
  readonly sort_order?: 'asc' | 'desc';
  readonly select?: readonly string[];
};

export type CallOptions = Pick<UpstreamRequest, 'signal' | 'timeoutMs'>;

const countSchema = z.union([
  z.int().min(0),
  z.object({ count: z.int().min(0) }).transform((reply) => reply.count),
]);
const runSchema = z.object({ run_id: z.string(), thread_id: z.string().nullish() });
export type StartedRun = { readonly runId: RunId; readonly threadId: ThreadId | null };

/** Pages of crons may be large: each holds up to a thousand payloads. */
const pageLimits = { timeoutMs: 60_000, maxBytes: 256 * 1024 * 1024 };

function unexpected(what: string): Result<never, UpstreamProblem> {
  return err({
    code: 'unexpected-reply',
    message: `The deployment answered with something that is not ${what}.`,
    hint: 'Check that the address belongs to an Agent Server of a supported version.',
  });
}

/** One path segment. Dots alone would climb out of the allowed paths when the address is normalised. */
function segment(id: string): string {
  return /^\.+$/.test(id) ? encodeURIComponent(`${id} `) : encodeURIComponent(id);
}

/**
 * Everything Crondeck may ask of a deployment, one function per endpoint: there is no other way to reach it, so no
 * caller can make the server request another path. Failures are values; nothing is repeated here.
 */
export function deploymentClient(
  config: DeploymentConfig,
  usual: CallOptions & Pick<UpstreamRequest, 'noteDate'> = {},
) {
  const send = (request: UpstreamRequest) => requestUpstream(config, { ...usual, ...request });

  async function list(request: UpstreamRequest): Answer<readonly unknown[]> {
    const reply = await send({ ...request, isRead: true });
    if (!reply.ok) return reply;
    return Array.isArray(reply.value) ? ok(reply.value) : unexpected('a list');
  }

  async function count(path: string, body: JsonObject, options?: CallOptions): Answer<number> {
    const reply = await send({ method: 'POST', path, body, isRead: true, ...options });
    if (!reply.ok) return reply;
    const read = countSchema.safeParse(reply.value);
    return read.success ? ok(read.data) : unexpected('a count');
  }

  async function object(request: UpstreamRequest): Answer<JsonObject> {
    const reply = await send(request);
    if (!reply.ok) return reply;
    const read = z.record(z.string(), z.unknown()).safeParse(reply.value);
    return read.success ? ok(read.data) : unexpected('an object');
  }

  async function cron(request: UpstreamRequest): Answer<Cron> {
    const reply = await send(request);
    if (!reply.ok) return reply;
    const read = parseCron(reply.value);
    return read.ok ? read : unexpected('a cron');
  }

  async function run(path: string, body: JsonObject): Answer<StartedRun> {
    const reply = await send({ method: 'POST', path, body });
    if (!reply.ok) return reply;
    const read = runSchema.safeParse(reply.value);
    if (!read.success) return unexpected('a run');
    return ok({
      runId: read.data.run_id as RunId,
      threadId: (read.data.thread_id ?? null) as ThreadId | null,
    });
  }

  return {
    info: (options?: CallOptions) => object({ method: 'GET', path: '/info', ...options }),

    searchCrons: (body: CronSearch, options?: CallOptions) =>
      list({ method: 'POST', path: '/runs/crons/search', body, ...pageLimits, ...options }),
    countCrons: (options?: CallOptions) => count('/runs/crons/count', {}, options),
    getCron: (id: CronId) => cron({ method: 'GET', path: `/runs/crons/${segment(id)}` }),
    /** The reply is left unread: on some servers it is a run without the id of the cron. */
    createCron: (body: JsonObject) => object({ method: 'POST', path: '/runs/crons', body }),
    createThreadCron: (threadId: ThreadId, body: JsonObject) =>
      object({ method: 'POST', path: `/threads/${segment(threadId)}/runs/crons`, body }),
    patchCron: (id: CronId, body: JsonObject) =>
      cron({ method: 'PATCH', path: `/runs/crons/${segment(id)}`, body }),
    deleteCron: (id: CronId) => send({ method: 'DELETE', path: `/runs/crons/${segment(id)}` }),

    searchAssistants: (body: JsonObject, options?: CallOptions) =>
      list({ method: 'POST', path: '/assistants/search', body, ...pageLimits, ...options }),
    getAssistant: (id: AssistantId) => object({ method: 'GET', path: `/assistants/${segment(id)}` }),
    assistantSchemas: (id: AssistantId) =>
      object({ method: 'GET', path: `/assistants/${segment(id)}/schemas`, timeoutMs: 30_000 }),
    assistantGraph: (id: AssistantId) =>
      object({ method: 'GET', path: `/assistants/${segment(id)}/graph`, timeoutMs: 30_000 }),

    searchThreads: (body: JsonObject, options?: CallOptions) =>
      list({ method: 'POST', path: '/threads/search', body, ...pageLimits, ...options }),
    countThreads: (body: JsonObject) => count('/threads/count', body),
    getThread: (id: ThreadId, options?: CallOptions) =>
      object({ method: 'GET', path: `/threads/${segment(id)}`, maxBytes: 64 * 1024 * 1024, ...options }),
    createThread: (body: JsonObject) => object({ method: 'POST', path: '/threads', body }),
    deleteThread: (id: ThreadId) => send({ method: 'DELETE', path: `/threads/${segment(id)}` }),
    threadState: (id: ThreadId) =>
      object({ method: 'GET', path: `/threads/${segment(id)}/state`, maxBytes: 64 * 1024 * 1024 }),
    getRun: (threadId: ThreadId, runId: RunId) =>
      object({ method: 'GET', path: `/threads/${segment(threadId)}/runs/${segment(runId)}` }),
    /** Beyond the contract: the engine's firings of all crons in order, or those of certain numbers. */
    listFirings: (
      asked: { readonly after: number; readonly limit: number } | { readonly ids: readonly number[] },
    ) =>
      list({
        method: 'GET',
        path: `/crondeck/firings?${'ids' in asked ? `ids=${asked.ids.join()}` : `after=${asked.after}&limit=${asked.limit}`}`,
      }),
    listRuns: (id: ThreadId, limit: number) =>
      list({ method: 'GET', path: `/threads/${segment(id)}/runs?limit=${limit}`, timeoutMs: 30_000 }),
    /** Checkpoints, the newest first; each holds all values, so few should be asked for. */
    threadHistory: (id: ThreadId, body: { readonly limit: number; readonly metadata?: JsonObject }) =>
      list({ method: 'POST', path: `/threads/${segment(id)}/history`, body, maxBytes: 64 * 1024 * 1024 }),

    /** Beyond the contract: what runs used whose threads the engine has deleted, measured after that (epoch ms). */
    listUsage: (afterMs: number) => list({ method: 'GET', path: `/crondeck/usage?after=${afterMs}` }),

    /** A run on a thread of its own. */
    createRun: (body: JsonObject) => run('/runs', body),
    createThreadRun: (threadId: ThreadId, body: JsonObject) =>
      run(`/threads/${segment(threadId)}/runs`, body),
    /** Starts a run and hands its event stream over; `threadId` null means a thread of its own. */
    streamRun: (threadId: ThreadId | null, body: JsonObject, options?: CallOptions) =>
      openUpstream(config, {
        method: 'POST',
        path: threadId === null ? '/runs/stream' : `/threads/${segment(threadId)}/runs/stream`,
        body,
        timeoutMs: 30 * 60_000,
        ...options,
      }),
    /** Joins the event stream of a run that is under way; leaving it does not cancel the run. */
    joinRun: (threadId: ThreadId, runId: RunId, options?: CallOptions) =>
      openUpstream(config, {
        method: 'GET',
        path: `/threads/${segment(threadId)}/runs/${segment(runId)}/stream`,
        timeoutMs: 30 * 60_000,
        ...options,
      }),
    cancelRun: (threadId: ThreadId, runId: RunId) =>
      send({
        method: 'POST',
        path: `/threads/${segment(threadId)}/runs/${segment(runId)}/cancel?wait=0&action=interrupt`,
        body: {},
      }),
  };
}

export type DeploymentClient = ReturnType<typeof deploymentClient>;
