import type { Context } from 'hono';
import { v7 as uuidv7 } from 'uuid';
import { isUuid } from '@/lib/engine/agent-server/agent-server';
import { agentServerRefusal, callerCredentials } from '@/lib/engine/http/agent-server-refusal';
import { cronCreateSchema, type CronCreate } from '@/lib/engine/http/body-schemas';
import { checkTimezone, firstRun } from '@/lib/engine/http/cron-timing';
import { endTimeMs } from '@/lib/engine/http/end-time';
import type { HttpDeps } from '@/lib/engine/http/engine-deps';
import { readJson } from '@/lib/engine/http/read-json';
import type { Refusal } from '@/lib/engine/http/refusal';
import { dropReservedKeys } from '@/lib/engine/http/drop-reserved-keys';
import { stampCronId } from '@/lib/engine/http/stamp-cron-id';
import { validateBody } from '@/lib/engine/http/validate-body';
import { isJsonObject, type JsonObject } from '@/lib/engine/json';
import type { Cron } from '@/lib/engine/storage/cron-store';
import { checkWebhook } from '@/lib/engine/webhook/webhook-policy';
import { err, ok, type Result } from '@/lib/result';

/**
 * Stores a new cron, for a new thread per run (`threadId` null) or for one thread. Checks in the Agent Server's order:
 * body, webhook, assistant's name, time zone, schedule, then whether assistant and thread exist.
 */
export async function createCron(
  c: Context,
  deps: HttpDeps,
  threadId: string | null,
): Promise<Result<Cron, Refusal>> {
  if (threadId !== null && !isUuid(threadId)) {
    return err({ status: 422, detail: 'Invalid thread ID: must be a UUID' });
  }
  const json = await readJson(c, deps.maxBodyBytes);
  if (!json.ok) return json;
  const sent = dropReservedKeys(json.value);
  const body = validateBody(cronCreateSchema, sent);
  if (!body.ok) return body;
  if (body.value.webhook !== undefined) {
    const allowed = await checkWebhook(body.value.webhook, deps.webhooks);
    if (!allowed.ok) return err({ status: 422, detail: allowed.error });
  }
  const target = await resolveTarget(c, deps, body.value, threadId);
  if (!target.ok) return target;
  // The body as sent, not as parsed: the payload keeps every key exactly.
  const cron = newCron(sent as JsonObject, body.value, {
    ...target.value,
    threadId: threadId?.toLowerCase() ?? null,
    userId: callerIdentity(c),
    nowMs: deps.now(),
  });
  await deps.store.crons.insert(cron);
  deps.onScheduleChange();
  return ok(cron);
}

type Target = { readonly assistantId: string; readonly nextRunDate: number };

async function resolveTarget(
  c: Context,
  deps: HttpDeps,
  body: CronCreate,
  threadId: string | null,
): Promise<Result<Target, Refusal>> {
  const credentials = callerCredentials(c);
  const unknownAssistant: Refusal = { status: 404, detail: `Assistant '${body.assistant_id}' not found` };
  const assistant = await deps.agentServer.findAssistantId(body.assistant_id, credentials);
  if (!assistant.ok) return err(agentServerRefusal(assistant.error));
  // A name is looked up first, an id only after time zone and schedule have passed.
  if (assistant.value === null && !isUuid(body.assistant_id)) return err(unknownAssistant);
  const zoneProblem = body.timezone === undefined ? null : checkTimezone(body.timezone);
  if (zoneProblem !== null) return err(zoneProblem);
  const first = firstRun(body.schedule, body.timezone ?? null, deps.now());
  if (!first.ok) return first;
  if (assistant.value === null) return err(unknownAssistant);
  if (threadId !== null) {
    const thread = await deps.agentServer.findThread(threadId.toLowerCase(), credentials);
    if (!thread.ok) return err(agentServerRefusal(thread.error));
    if (thread.value === null) return err(unknownThread(threadId));
  }
  return ok({ assistantId: assistant.value, nextRunDate: first.value });
}

function unknownThread(threadId: string): Refusal {
  return {
    status: 404,
    detail:
      `Thread with ID '${threadId}' not found. Please verify the ID is correct ` +
      "and the thread hasn't been deleted or expired.",
  };
}

function newCron(
  payload: JsonObject,
  body: CronCreate,
  target: Target & { threadId: string | null; userId: string; nowMs: number },
): Cron {
  const cronId = uuidv7();
  const isStateless = target.threadId === null;
  return {
    cronId,
    assistantId: target.assistantId,
    threadId: target.threadId,
    onRunCompleted: isStateless ? (body.on_run_completed ?? 'delete') : null,
    endTime: body.end_time === undefined ? null : endTimeMs(body.end_time),
    schedule: body.schedule,
    timezone: body.timezone ?? null,
    createdAt: target.nowMs,
    updatedAt: target.nowMs,
    userId: target.userId,
    payload: stampCronId({ ...payload, assistant_id: target.assistantId }, cronId),
    nextRunDate: target.nextRunDate,
    metadata: body.metadata ?? {},
    enabled: body.enabled ?? true,
  };
}

/** The identity LangGraph's own auth handler found for the request; without one the real server says "". */
function callerIdentity(c: Context): string {
  const auth: unknown = c.get('auth');
  const user = isJsonObject(auth) ? auth['user'] : null;
  return isJsonObject(user) && typeof user['identity'] === 'string' ? user['identity'] : '';
}
