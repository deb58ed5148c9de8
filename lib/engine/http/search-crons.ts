import type { Context } from 'hono';
import type { z } from 'zod';
import { isUuid } from '@/lib/engine/agent-server/agent-server';
import { cronCountSchema, cronSearchSchema } from '@/lib/engine/http/body-schemas';
import type { HttpDeps } from '@/lib/engine/http/engine-deps';
import { readJson } from '@/lib/engine/http/read-json';
import type { Refusal } from '@/lib/engine/http/refusal';
import { validateBody } from '@/lib/engine/http/validate-body';
import { cronToWire, WIRE_COLUMNS, type WireCron } from '@/lib/engine/http/wire';
import type { CronFilter } from '@/lib/engine/storage/cron-filter';
import { err, ok, type Result } from '@/lib/result';

export type SearchPage = {
  readonly crons: Partial<WireCron>[];
  readonly paginationNext: number | null;
  /** A lower bound when there is a next page, as on the real server: it says "there is more", not how much. */
  readonly paginationTotal: number;
};

/** One page of crons, each with its last firing, or only the selected columns. */
export async function searchCrons(c: Context, deps: HttpDeps): Promise<Result<SearchPage, Refusal>> {
  const json = await readJson(c, deps.maxBodyBytes);
  if (!json.ok) return json;
  const body = validateBody(cronSearchSchema, json.value);
  if (!body.ok) return body;
  const { limit, offset, sort_by: sortBy, sort_order: sortOrder, select } = body.value;
  const filter = toFilter(body.value);
  if (!filter.ok) return filter;
  const columns = checkSelect(select ?? []);
  if (!columns.ok) return columns;
  const page = await deps.store.crons.search(
    { ...filter.value, enabled: body.value.enabled },
    { limit, offset, sortBy, sortOrder },
  );
  const latest =
    columns.value.length > 0
      ? new Map()
      : await deps.store.firings.latestOf(page.crons.map((it) => it.cronId));
  const wired = page.crons.map((cron) => cronToWire(cron, latest.get(cron.cronId) ?? null));
  const seen = offset + page.crons.length;
  return ok({
    crons: columns.value.length === 0 ? wired : wired.map((cron) => pick(cron, columns.value)),
    paginationNext: page.hasMore ? seen : null,
    paginationTotal: page.hasMore ? seen + 1 : seen,
  });
}

/** How many crons match. `enabled` is not a filter here: the real server ignores it too. */
export async function countCrons(c: Context, deps: HttpDeps): Promise<Result<number, Refusal>> {
  const json = await readJson(c, deps.maxBodyBytes);
  if (!json.ok) return json;
  const body = validateBody(cronCountSchema, json.value);
  if (!body.ok) return body;
  const filter = toFilter(body.value);
  return filter.ok ? ok(await deps.store.crons.count(filter.value)) : filter;
}

function toFilter(body: z.infer<typeof cronCountSchema>): Result<CronFilter, Refusal> {
  const { assistant_id: assistantId, thread_id: threadId, metadata } = body;
  if (assistantId !== undefined && !isUuid(assistantId)) {
    return err({ status: 422, detail: 'Invalid assistant ID: must be a UUID' });
  }
  if (threadId !== undefined && !isUuid(threadId)) {
    return err({ status: 422, detail: 'Invalid thread ID: must be a UUID' });
  }
  return ok({ assistantId: assistantId?.toLowerCase(), threadId: threadId?.toLowerCase(), metadata });
}

type Column = (typeof WIRE_COLUMNS)[number];

function checkSelect(select: readonly string[]): Result<Column[], Refusal> {
  const known = new Set<string>(WIRE_COLUMNS);
  const unknown = select.filter((name) => !known.has(name));
  if (unknown.length === 0) return ok(WIRE_COLUMNS.filter((name) => select.includes(name)));
  const quote = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');
  return err({
    status: 422,
    detail: `Invalid select columns: [${quote(unknown)}]. Expected: {${quote(WIRE_COLUMNS)}}`,
  });
}

function pick(cron: WireCron, columns: readonly Column[]): Partial<WireCron> {
  return Object.fromEntries(columns.map((name) => [name, cron[name]]));
}
