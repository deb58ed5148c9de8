import type { Context } from 'hono';
import { cronPatchSchema, type CronPatch } from '@/lib/engine/http/body-schemas';
import { checkTimezone, firstRun } from '@/lib/engine/http/cron-timing';
import { endTimeMs } from '@/lib/engine/http/end-time';
import type { HttpDeps } from '@/lib/engine/http/engine-deps';
import { readJson } from '@/lib/engine/http/read-json';
import type { Refusal } from '@/lib/engine/http/refusal';
import { dropReservedKeys } from '@/lib/engine/http/drop-reserved-keys';
import { stampCronId } from '@/lib/engine/http/stamp-cron-id';
import { validateBody } from '@/lib/engine/http/validate-body';
import { isJsonObject, type JsonObject } from '@/lib/engine/json';
import type { Cron, CronChange } from '@/lib/engine/storage/cron-store';
import { checkWebhook } from '@/lib/engine/webhook/webhook-policy';
import { err, ok, type Result } from '@/lib/result';

/**
 * Changes a cron, all or nothing: everything is checked before one statement writes. Absent keys stay as they are,
 * metadata is merged, other payload keys are replaced, a new schedule or time zone moves the next run.
 */
export async function patchCron(c: Context, deps: HttpDeps, cronId: string): Promise<Result<Cron, Refusal>> {
  const json = await readJson(c, deps.maxBodyBytes);
  if (!json.ok) return json;
  if (isJsonObject(json.value) && Object.keys(json.value).length === 0) {
    return err({ status: 400, detail: 'Request body cannot be empty' });
  }
  const sent = dropReservedKeys(json.value);
  const body = validateBody(cronPatchSchema, sent);
  if (!body.ok) return body;
  if (body.value.webhook !== undefined) {
    const allowed = await checkWebhook(body.value.webhook, deps.webhooks);
    if (!allowed.ok) return err({ status: 422, detail: allowed.error });
  }
  const zoneProblem = body.value.timezone === undefined ? null : checkTimezone(body.value.timezone);
  if (zoneProblem !== null) return err(zoneProblem);
  return writePatch(deps, cronId, sent as JsonObject, body.value);
}

/** Compare and set: when another write came between, read again and redo the merge on what is there now. */
async function writePatch(
  deps: HttpDeps,
  cronId: string,
  sent: JsonObject,
  body: CronPatch,
): Promise<Result<Cron, Refusal>> {
  for (;;) {
    const seen = await deps.store.crons.get(cronId);
    if (seen === null) return err({ status: 404, detail: `Cron '${cronId}' not found` });
    const change = toChange(seen, sent, body, deps.now());
    if (!change.ok) return change;
    if (await deps.store.crons.update(seen, change.value)) {
      deps.onScheduleChange();
      return ok({ ...seen, ...change.value });
    }
  }
}

function toChange(cron: Cron, sent: JsonObject, body: CronPatch, nowMs: number): Result<CronChange, Refusal> {
  const retimed = body.schedule !== undefined || body.timezone !== undefined;
  const schedule = body.schedule ?? cron.schedule;
  const timezone = body.timezone ?? cron.timezone;
  const next = retimed ? firstRun(schedule, timezone, nowMs) : ok(cron.nextRunDate);
  if (!next.ok) return next;
  return ok({
    // Never the same instant twice: it is what the next compare and set looks at.
    updatedAt: Math.max(nowMs, cron.updatedAt + 1),
    payload: stampCronId({ ...cron.payload, ...sent, assistant_id: cron.assistantId }, cron.cronId),
    ...(retimed && { schedule, timezone, nextRunDate: next.value }),
    ...(body.end_time !== undefined && { endTime: body.end_time === null ? null : endTimeMs(body.end_time) }),
    ...(body.metadata && { metadata: { ...cron.metadata, ...body.metadata } }),
    ...(body.enabled !== undefined && { enabled: body.enabled }),
    ...(body.on_run_completed && { onRunCompleted: body.on_run_completed }),
  });
}
