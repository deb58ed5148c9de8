import { and, asc, desc, eq, inArray, lt, or, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import {
  activityKinds,
  type ActivityDetail,
  type ActivityEntry,
  type ActivityList,
} from '@/lib/crons/activity';
import { cronIdSchema } from '@/lib/crons/ids';
import { err, ok, type Problem, type Result } from '@/lib/result';
import type { Store } from '../store/open-store';
import { changes, entries, entryStates, snapshots, type ChangeState, type EntryRow } from '../store/schema';
import { changeView, entryView, isUndoable } from './entry-view';

export const activityQuerySchema = z.object({
  kind: z.array(z.enum(activityKinds)).default([]),
  state: z.array(z.enum(entryStates)).default([]),
  /** Only entries that changed this cron, or restored it. */
  cron: cronIdSchema.nullable().default(null),
  origin: z.enum(['single', 'bulk', 'lease']).nullable().default(null),
  /** `next` of the page before. */
  after: z
    .string()
    .regex(/^\d{1,16}_[\w-]{1,64}$/)
    .nullable()
    .default(null),
  limit: z.int().min(1).max(200).default(50),
});
export type ActivityQuery = z.infer<typeof activityQuerySchema>;

/** The newest entries of a deployment that match, a page at a time. */
export async function listActivity(
  deployment: string,
  query: ActivityQuery,
  store: Store,
): Promise<ActivityList> {
  const { kind, state, cron, origin, after, limit } = query;
  const [beforeMs, beforeId] = after?.split('_') ?? [];
  const conditions: (SQL | undefined)[] = [
    eq(entries.deployment, deployment),
    kind.length > 0 ? inArray(entries.kind, kind) : undefined,
    state.length > 0 ? inArray(entries.state, state) : undefined,
    origin === null ? undefined : eq(entries.origin, origin),
    cron === null
      ? undefined
      : sql`${entries.entryId} IN (SELECT entry_id FROM change WHERE deployment = ${deployment}
          AND (cron_id = ${cron} OR made_cron_id = ${cron}))`,
    beforeMs === undefined || beforeId === undefined
      ? undefined
      : or(
          lt(entries.createdAt, Number(beforeMs)),
          and(eq(entries.createdAt, Number(beforeMs)), lt(entries.entryId, beforeId)),
        ),
  ];
  const rows = await store.db
    .select()
    .from(entries)
    .where(and(...conditions))
    .orderBy(desc(entries.createdAt), desc(entries.entryId))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    entries: await viewsOf(page, store),
    next: rows.length > limit && last ? `${last.createdAt}_${last.entryId}` : null,
  };
}

async function viewsOf(rows: readonly EntryRow[], store: Store): Promise<readonly ActivityEntry[]> {
  const ids = JSON.stringify(rows.filter(isUndoable).map((row) => row.entryId));
  const counted = await store.read(
    `SELECT c.entry_id, count(*) FROM change c
     WHERE c.entry_id IN (SELECT value FROM json_each(?)) AND c.undone_by IS NULL AND c.has_snapshot = 1
       AND (c.state = 'done' OR c.unsure = 1) GROUP BY c.entry_id`,
    [ids],
  );
  const undoable = new Map(counted.rows.map((row) => [String(row[0]), Number(row[1])]));
  return rows.map((row) => entryView(row, undoable.get(row.entryId) ?? 0));
}

export const unknownEntry: Problem<'not-found'> = {
  code: 'not-found',
  message: 'There is no such entry in Activity.',
  hint: 'It may be older than a year, or belong to another deployment.',
};

export async function readEntryRow(
  deployment: string,
  entryId: string,
  store: Store,
): Promise<EntryRow | null> {
  const [row] = await store.db
    .select()
    .from(entries)
    .where(and(eq(entries.deployment, deployment), eq(entries.entryId, entryId)));
  return row ?? null;
}

/** One entry; null where there is none. */
export async function readEntry(
  deployment: string,
  entryId: string,
  store: Store,
): Promise<ActivityEntry | null> {
  const row = await readEntryRow(deployment, entryId, store);
  return row === null ? null : ((await viewsOf([row], store))[0] ?? null);
}

export const detailQuerySchema = z.object({
  state: z
    .enum(['to-come', 'under-way', 'done', 'unchanged', 'failed', 'cancelled'])
    .nullable()
    .default(null),
  cron: cronIdSchema.nullable().default(null),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(500).default(100),
});
export type DetailQuery = z.infer<typeof detailQuerySchema>;

const statesOf: Readonly<Record<NonNullable<DetailQuery['state']>, readonly ChangeState[]>> = {
  'to-come': ['planned', 'waiting'],
  'under-way': ['started'],
  done: ['done'],
  unchanged: ['unchanged'],
  failed: ['failed'],
  cancelled: ['cancelled'],
};

/** An entry with a window of what it did to each cron. */
export async function readEntryDetail(
  deployment: string,
  entryId: string,
  query: DetailQuery,
  store: Store,
): Promise<Result<ActivityDetail, Problem>> {
  const row = await readEntryRow(deployment, entryId, store);
  if (row === null) return err(unknownEntry);
  const where = and(
    eq(changes.entryId, entryId),
    query.state === null ? undefined : inArray(changes.state, [...statesOf[query.state]]),
    query.cron === null ? undefined : eq(changes.cronId, query.cron),
  );
  const [counted] = await store.db
    .select({ count: sql<number>`count(*)` })
    .from(changes)
    .where(where);
  const rows = await store.db
    .select({ change: changes, before: snapshots.cron })
    .from(changes)
    .leftJoin(
      snapshots,
      and(eq(snapshots.entryId, changes.entryId), eq(snapshots.position, changes.position)),
    )
    .where(where)
    .orderBy(asc(changes.position))
    .limit(query.limit)
    .offset(query.offset);
  const [entry] = await viewsOf([row], store);
  if (!entry) return err(unknownEntry);
  return ok({
    entry,
    changes: rows.map(({ change, before }) => changeView(change, before, row)),
    matching: counted?.count ?? 0,
  });
}
