import 'server-only';
import type { z } from 'zod';
import type { CronFilter, CronQuery } from '@/lib/crons/cron-list';
import { cronFilterSchema, cronQuerySchema } from '@/lib/crons/cron-query';
import { cronIdSchema, type CronId } from '@/lib/crons/ids';
import { err, ok, type Problem, type Result } from '@/lib/result';

const maxBodyBytes = 2 * 1024 * 1024;

function badRequest(message: string, hint: string, field?: string): Result<never, Problem> {
  return err({ code: 'bad-request', message, hint, ...(field === undefined ? {} : { field }) });
}

/** The body of a request as text; null where it is larger than so many bytes, of which no more are read. */
export async function readText(request: Request, maxBytes: number): Promise<string | null> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return null;
  if (!request.body) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes).toString('utf8');
}

/** Reads a JSON body of at most 2 MB against a schema; an empty body counts as {}. */
export async function readJsonBody<T>(request: Request, schema: z.ZodType<T>): Promise<Result<T, Problem>> {
  const text = await readText(request, maxBodyBytes);
  if (text === null) {
    return err({
      code: 'too-large',
      message: 'The request is larger than 2 MB.',
      hint: 'Make the input smaller, or create this cron with the API itself.',
    });
  }
  let json: unknown;
  try {
    json = text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    return badRequest('The request is not valid JSON.', 'Send a JSON object.');
  }
  const read = schema.safeParse(json);
  if (read.success) return ok(read.data);
  const issue = read.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  return badRequest(
    `${field ? `${field}: ` : ''}${issue?.message ?? 'The request is not valid.'}`,
    'Correct this value and try again.',
    field || undefined,
  );
}

/** Reads a cron id from the address. */
export function readCronId(text: string): Result<CronId, Problem> {
  const read = cronIdSchema.safeParse(text);
  if (read.success) return ok(read.data);
  return err({
    code: 'not-found',
    message: 'That is not the id of a cron.',
    hint: 'Open the cron from the list.',
  });
}

const listKeys = new Set(Object.keys(cronFilterSchema.shape).filter((key) => key !== 'q'));
const numberKeys = new Set(['offset', 'limit']);

/** Values that do not fit are left out one by one: a link with a stale parameter still shows the rest. */
function readParams<T>(schema: z.ZodType<T>, params: URLSearchParams): T {
  const raw: Record<string, unknown> = {};
  for (const key of new Set(params.keys())) {
    raw[key] = listKeys.has(key)
      ? params.getAll(key)
      : numberKeys.has(key)
        ? Number(params.get(key))
        : params.get(key);
  }
  for (;;) {
    const read = schema.safeParse(raw);
    if (read.success) return read.data;
    const [key, place] = read.error.issues[0]?.path ?? [];
    const list = typeof key === 'string' ? raw[key] : undefined;
    if (Array.isArray(list) && typeof place === 'number') list.splice(place, 1);
    else if (typeof key === 'string' && key in raw) delete raw[key];
    else throw new Error('a query without parameters must be valid');
  }
}

/** Reads a CronQuery from search parameters; lists are repeated keys. Unknown and misfit parameters are ignored. */
export function readCronQuery(params: URLSearchParams): CronQuery {
  return readParams(cronQuerySchema, params);
}

/** The filter part of a query alone. */
export function readCronFilter(params: URLSearchParams): CronFilter {
  return readParams(cronFilterSchema, params);
}
