import { hash } from 'node:crypto';
import { z } from 'zod';
import { cleanText } from '@/lib/crons/clean-text';
import { isJsonObject, readJsonObject } from '@/lib/crons/draft-json';
import { cronIdSchema, type CronId } from '@/lib/crons/ids';
import { parseInstant } from '@/lib/crons/parse-instant';
import { ownIdKey, stampKey } from '@/lib/crons/reserved-metadata';

/** A run as servers list it. Instants are epoch ms. */
export type WireRun = {
  readonly runId: string;
  readonly assistantId: string;
  readonly status: string;
  readonly createdMs: number;
  readonly updatedMs: number | null;
  /** The cron it belongs to, as the server stamped it or as its metadata says; null where nothing says so. */
  readonly cronId: CronId | null;
  /** The server itself says which cron fired it; metadata anybody may have copied. */
  readonly isProven: boolean;
};

const runSchema = z.object({
  run_id: z.guid(),
  assistant_id: z.string(),
  status: z.string(),
  created_at: z.string(),
  updated_at: z.string().nullish().catch(null),
  kwargs: z.unknown().optional(),
  metadata: z.unknown().optional(),
});

const ended = new Set(['success', 'error', 'timeout', 'interrupted']);

export function hasEnded(run: Pick<WireRun, 'status'>): boolean {
  return ended.has(run.status);
}

/** The cron a run says it belongs to. The server's own stamp counts before metadata. */
export function cronOfRun(run: {
  readonly kwargs?: unknown;
  readonly metadata?: unknown;
}): Pick<WireRun, 'cronId' | 'isProven'> {
  const config = isJsonObject(run.kwargs) ? run.kwargs['config'] : null;
  const configurable = isJsonObject(config) ? config['configurable'] : null;
  const stamp = isJsonObject(configurable) ? configurable[stampKey] : undefined;
  const own = isJsonObject(run.metadata) ? run.metadata[ownIdKey] : undefined;
  const read = cronIdSchema.safeParse(stamp ?? own);
  return { cronId: read.data ?? null, isProven: read.success && stamp !== undefined };
}

/** Reads one run of a list; null for what is not a run. */
export function parseRun(wire: unknown): WireRun | null {
  const read = runSchema.safeParse(wire);
  if (!read.success) return null;
  const createdMs = parseInstant(read.data.created_at);
  if (createdMs === null) return null;
  return {
    runId: read.data.run_id,
    assistantId: read.data.assistant_id,
    status: read.data.status,
    createdMs,
    updatedMs: parseInstant(read.data.updated_at),
    ...cronOfRun(read.data),
  };
}

const longestOutput = 4_000;
const longestError = 2_000;

/** The text of the last answer in a thread's values, cut; null where there is none. */
export function lastAnswer(values: unknown): string | null {
  return wholeAnswer(values)?.slice(0, longestOutput) ?? null;
}

/** Equal for runs that brought the same result, whatever they said on the way to it; null where there is none. */
export function resultDigest(values: unknown): string | null {
  const answer = wholeAnswer(values);
  return answer === null ? null : hash('sha256', answer, 'base64').slice(0, 22);
}

function wholeAnswer(values: unknown): string | null {
  if (!isJsonObject(values)) return null;
  const { messages } = values;
  const last: unknown = Array.isArray(messages) ? messages.at(-1) : undefined;
  const content = isJsonObject(last) ? last['content'] : undefined;
  const text = typeof content === 'string' ? content : Array.isArray(content) ? textOfParts(content) : null;
  const shown = text ?? (messages === undefined ? JSON.stringify(values) : null);
  return shown === '' ? null : shown;
}

function textOfParts(parts: readonly unknown[]): string {
  return parts
    .map((part) => (isJsonObject(part) && typeof part['text'] === 'string' ? part['text'] : ''))
    .join('');
}

/** Kinds that say no more than that it is an error. */
const plainKinds = /^(Error|Exception|RuntimeError)?$/;
const deepestError = 3;

/**
 * The sentence of an error as servers write it: text, an object with `message`, or either as JSON text (the JS server). Its
 * kind stands in front where it says something: "ValueError: no such customer".
 */
export function errorText(error: unknown, depth = 0): string | null {
  const value = typeof error === 'string' ? (readJsonObject(error) ?? error) : error;
  if (typeof value === 'string') return value === '' ? null : cleanText(value, longestError);
  if (!isJsonObject(value) || depth === deepestError) return null;
  const kind = value['error'] ?? value['name'];
  const said = errorText(value['message'] ?? value['detail'], depth + 1);
  if (said === null) return errorText(kind, depth + 1);
  const isSaid = typeof kind !== 'string' || plainKinds.test(kind) || said.startsWith(kind);
  return isSaid ? said : cleanText(`${kind}: ${said}`, longestError);
}
