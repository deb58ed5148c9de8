import { err, ok, type Problem, type Result } from '@/lib/result';
import type { Cron, CronEnd, CronTarget, JsonObject } from './cron';
import { cronIdSchema, type AssistantId, type ThreadId } from './ids';
import { parseInstant } from './parse-instant';

const noObject: JsonObject = {};

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(holder: JsonObject, key: string): string | null {
  const value = holder[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

function parseEnd(value: unknown): CronEnd {
  if (value === null || value === undefined || value === '') return { kind: 'never' };
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  const atMs = parseInstant(value);
  return atMs === null ? { kind: 'unreadable', text: shown } : { kind: 'at', atMs, text: shown };
}

function parseTarget(threadId: string | null, onRunCompleted: string | null): CronTarget {
  // A thread cron answers with null, or with a value that means nothing: its thread is never deleted.
  if (threadId) return { kind: 'thread', threadId: threadId as ThreadId };
  return { kind: 'new-thread', afterRun: onRunCompleted === 'keep' ? 'keep' : 'delete' };
}

function unreadable(what: string): Result<never, Problem<'unreadable-cron'>> {
  return err({
    code: 'unreadable-cron',
    message: `The deployment sent a cron that cannot be read: ${what}.`,
    hint: 'Check that the address belongs to an Agent Server and that nothing in between rewrites its replies.',
  });
}

/**
 * One cron of a search, get, create or patch reply. Tolerant, because servers differ (older ones lack enabled and
 * timezone, Aegra keeps the zone in the payload only): it fails only where there is no usable cron_id or assistant_id,
 * since a cron that can be named can be stopped. Read by hand: a deployment may have 100,000 of them.
 */
export function parseCron(wire: unknown): Result<Cron, Problem<'unreadable-cron'>> {
  if (!isObject(wire)) return unreadable('it is not an object');
  const cronId = cronIdSchema.safeParse(wire.cron_id);
  if (!cronId.success) return unreadable('cron_id is not an id');
  const assistantId = textOf(wire, 'assistant_id');
  if (assistantId === null) return unreadable('assistant_id is missing');
  const payload = isObject(wire.payload) ? wire.payload : noObject;
  const createdMs = parseInstant(wire.created_at);
  return ok({
    cronId: cronId.data,
    assistantId: assistantId as AssistantId,
    target: parseTarget(
      textOf(wire, 'thread_id'),
      textOf(wire, 'on_run_completed') ?? textOf(payload, 'on_run_completed'),
    ),
    schedule: textOf(wire, 'schedule') ?? textOf(payload, 'schedule') ?? '',
    zone: textOf(wire, 'timezone') ?? textOf(payload, 'timezone') ?? 'UTC',
    enabled: wire.enabled !== false,
    end: parseEnd(wire.end_time),
    createdMs,
    updatedMs: wire.updated_at === wire.created_at ? createdMs : parseInstant(wire.updated_at),
    nextRunMs: parseInstant(wire.next_run_date),
    userId: textOf(wire, 'user_id'),
    metadata: isObject(wire.metadata) ? wire.metadata : noObject,
    payload,
  });
}
