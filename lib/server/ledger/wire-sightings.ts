import { z } from 'zod';
import { cleanText } from '@/lib/crons/clean-text';
import { isJsonObject } from '@/lib/crons/draft-json';
import {
  assistantIdSchema,
  cronIdSchema,
  runIdSchema,
  threadIdSchema,
  type CronId,
  type ThreadId,
} from '@/lib/crons/ids';
import { parseInstant } from '@/lib/crons/parse-instant';
import type { RunStatus } from '@/lib/crons/run';
import { cronOfRun, errorText, lastAnswer } from '../measuring/wire-run';
import { longestOutput } from './run-records';
import type { Sighting } from './sighting';

const firingSchema = z.object({
  firing_id: z.int().min(1),
  cron_id: cronIdSchema,
  scheduled_for: z.string(),
  fired_at: z.string().nullish(),
  finished_at: z.string().nullish(),
  status: z.string(),
  /** Its run exists and has not begun. */
  queued: z.boolean().optional().catch(false),
  thread_id: threadIdSchema.nullish().catch(null),
  run_id: runIdSchema.nullish().catch(null),
  error: z.string().nullish().catch(null),
});

/** The engine's word for what became of a firing in ours; what a newer engine may say besides is left unknown. */
function firingStatus({ status, queued }: { status: string; queued?: boolean | undefined }): RunStatus {
  switch (status) {
    case 'waiting':
      return 'pending';
    case 'failed':
      return 'not-started';
    case 'deleted':
      return 'vanished';
    case 'running':
      return queued ? 'pending' : 'running';
    case 'success':
    case 'error':
    case 'timeout':
    case 'interrupted':
    case 'skipped':
    case 'cancelled':
      return status;
    default:
      return 'unknown';
  }
}

/** How a run ended, as servers say it; null for what is no end. */
export function endStatus(status: string): RunStatus | null {
  return wireStatuses.slice(2).find((known) => known === status) ?? null;
}

/** Reads one firing of the engine; null for what is none. */
export function firingSighting(wire: unknown): (Sighting & { readonly firingId: number }) | null {
  const read = firingSchema.safeParse(wire);
  const scheduledMs = read.success ? parseInstant(read.data.scheduled_for) : null;
  if (!read.success || scheduledMs === null) return null;
  const { data } = read;
  return {
    cronId: data.cron_id,
    assistantId: null,
    scheduledMs,
    startedMs: parseInstant(data.fired_at),
    endedMs: parseInstant(data.finished_at),
    runId: data.run_id ?? null,
    threadId: data.thread_id ?? null,
    status: firingStatus(data),
    error: errorText(data.error),
    output: null,
    result: null,
    source: 'firings',
    firingId: data.firing_id,
    isDueSought: false,
  };
}

const runSchema = z.object({
  run_id: runIdSchema,
  thread_id: threadIdSchema.nullish().catch(null),
  assistant_id: assistantIdSchema.nullish().catch(null),
  status: z.string(),
  created_at: z.string(),
  updated_at: z.string().nullish().catch(null),
  kwargs: z.unknown(),
  metadata: z.unknown(),
});

const wireStatuses = ['pending', 'running', 'success', 'error', 'timeout', 'interrupted'] as const;

/**
 * Reads one run of a thread; null for what is none, or belongs to no cron (`knownCron`: it is known to whom, whatever it says). There is no end on the wire: the last update of
 * a run that is over is its end. Runs by the scheduler say `created_by: system`, those by hand do not.
 */
export function runSighting(
  wire: unknown,
  threadId: ThreadId,
  source: 'thread' | 'kept-thread' | 'here',
  knownCron: CronId | null = null,
): Sighting | null {
  const read = runSchema.safeParse(wire);
  if (!read.success) return null;
  const { data } = read;
  const startedMs = parseInstant(data.created_at);
  const cronId = knownCron ?? cronOfRun(data).cronId;
  if (startedMs === null || cronId === null) return null;
  const metadata = isJsonObject(data.metadata) ? data.metadata : {};
  const status = wireStatuses.find((known) => known === data.status) ?? 'unknown';
  const isOver = status !== 'pending' && status !== 'running';
  const scheduledMs = parseInstant(metadata['scheduled_for']);
  return {
    cronId,
    assistantId: data.assistant_id ?? null,
    scheduledMs,
    startedMs,
    endedMs: isOver ? parseInstant(data.updated_at) : null,
    runId: data.run_id,
    threadId,
    status,
    error: null,
    output: null,
    result: null,
    source,
    firingId: null,
    isDueSought: scheduledMs === null && metadata['created_by'] === 'system',
  };
}

/** The beginning of what a run left in its thread, as one line; null for nothing. */
export function outputText(values: unknown): string | null {
  const text = lastAnswer(values);
  return text === null ? null : cleanText(text, longestOutput);
}
