import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, asc, count, desc, eq, inArray, type SQL } from 'drizzle-orm';
import type { LibSQLDatabase } from 'drizzle-orm/libsql';
import type { Client, InStatement } from '@libsql/client';
import { containsJson, parseJsonObject, type JsonObject } from '@/lib/engine/json';
import {
  isExact,
  metadataInsert,
  metadataReplace,
  toCondition,
  type CronFilter,
} from '@/lib/engine/storage/cron-filter';
import { crons, type CronRow } from '@/lib/engine/storage/schema';

export type Cron = Omit<CronRow, 'payload' | 'metadata'> & {
  readonly payload: JsonObject;
  readonly metadata: JsonObject;
};

export const SORT_COLUMNS = {
  cron_id: crons.cronId,
  assistant_id: crons.assistantId,
  thread_id: crons.threadId,
  next_run_date: crons.nextRunDate,
  end_time: crons.endTime,
  created_at: crons.createdAt,
  updated_at: crons.updatedAt,
} as const;

export type CronPageRequest = {
  readonly limit: number;
  readonly offset: number;
  readonly sortBy: keyof typeof SORT_COLUMNS;
  readonly sortOrder: 'asc' | 'desc';
};

/** The columns a PATCH may write. `nextRunDate` is there only when it was recomputed, so a claim is never undone. */
export type CronChange = Partial<Omit<Cron, 'cronId' | 'assistantId' | 'threadId' | 'createdAt' | 'userId'>>;

export type CronStore = ReturnType<typeof cronStore>;

const SCAN_CHUNK = 5000;

/** Reads and writes crons. Every write is one transaction; nothing here decides anything about time. */
export function cronStore(client: Client, db: LibSQLDatabase) {
  async function get(cronId: string): Promise<Cron | null> {
    const [row] = await db.select().from(crons).where(eq(crons.cronId, cronId));
    return row === undefined ? null : fromRow(row);
  }

  /** Reads the candidates piece by piece: a hundred thousand at once would hold up everybody else. */
  async function matchingIds(filter: CronFilter, where: SQL | undefined, order: SQL[]): Promise<string[]> {
    const ids: string[] = [];
    for (let offset = 0; ; offset += SCAN_CHUNK) {
      const rows = await db
        .select({ cronId: crons.cronId, metadata: crons.metadata })
        .from(crons)
        .where(where)
        .orderBy(...order)
        .limit(SCAN_CHUNK)
        .offset(offset);
      for (const row of rows) {
        if (containsJson(JSON.parse(row.metadata), filter.metadata)) ids.push(row.cronId);
      }
      if (rows.length < SCAN_CHUNK) return ids;
      await nextTurn();
    }
  }

  return {
    get,

    async getMany(cronIds: readonly string[]): Promise<Map<string, Cron>> {
      const rows = await db
        .select()
        .from(crons)
        .where(inArray(crons.cronId, [...new Set(cronIds)]));
      return new Map(rows.map((row) => [row.cronId, fromRow(row)]));
    },

    async insert(cron: Cron): Promise<void> {
      const insert = db.insert(crons).values(toRow(cron)).toSQL();
      await client.batch([statement(insert), metadataInsert(cron.cronId, cron.metadata)], 'write');
    },

    /** Writes `change` if the cron still is what `seen` says; false if somebody changed or deleted it meanwhile. */
    async update(seen: Cron, change: CronChange): Promise<boolean> {
      const unchanged = and(
        eq(crons.cronId, seen.cronId),
        eq(crons.updatedAt, seen.updatedAt),
        eq(crons.payload, JSON.stringify(seen.payload)),
        eq(crons.metadata, JSON.stringify(seen.metadata)),
      );
      const set = {
        ...change,
        ...(change.payload && { payload: JSON.stringify(change.payload) }),
        ...(change.metadata && { metadata: JSON.stringify(change.metadata) }),
      } as Partial<CronRow>;
      const update = db.update(crons).set(set).where(unchanged).toSQL();
      const statements: InStatement[] = [statement(update)];
      // After the update, so that a lost race (no row changed) leaves the look-up rows alone too.
      if (change.metadata) statements.push(...metadataReplace(seen.cronId, change.metadata));
      const [updated] = await client.batch(statements, 'write');
      return updated?.rowsAffected === 1;
    },

    /** Deletes every cron that matches, calls off their unposted firings, and says which crons those were. */
    async remove(
      by: { cronId: string } | { threadId: string } | { assistantId: string },
      nowMs: number,
    ): Promise<string[]> {
      const column = 'cronId' in by ? 'cron_id' : 'threadId' in by ? 'thread_id' : 'assistant_id';
      const value = Object.values(by)[0] as string;
      const matching = `(SELECT cron_id FROM cron WHERE ${column} = ?)`;
      const results = await client.batch(
        [
          {
            sql: `UPDATE firing SET status = 'cancelled', finished_at = ?, error = 'the cron was deleted'
                  WHERE status = 'waiting' AND cron_id IN ${matching}`,
            args: [nowMs, value],
          },
          { sql: `DELETE FROM cron_metadata WHERE cron_id IN ${matching}`, args: [value] },
          { sql: `DELETE FROM cron WHERE ${column} = ? RETURNING cron_id`, args: [value] },
        ],
        'write',
      );
      return (results[2]?.rows ?? []).map((row) => String(row['cron_id']));
    },

    /** One page, and whether more follow. */
    async search(filter: CronFilter, page: CronPageRequest): Promise<{ crons: Cron[]; hasMore: boolean }> {
      const direction = page.sortOrder === 'asc' ? asc : desc;
      const order = [direction(SORT_COLUMNS[page.sortBy]), direction(crons.cronId)];
      const where = toCondition(filter);
      if (isExact(filter)) {
        const rows = await db
          .select()
          .from(crons)
          .where(where)
          .orderBy(...order)
          .limit(page.limit + 1)
          .offset(page.offset);
        return { crons: rows.slice(0, page.limit).map(fromRow), hasMore: rows.length > page.limit };
      }
      const ids = await matchingIds(filter, where, order);
      const wanted = ids.slice(page.offset, page.offset + page.limit);
      const rows = await db.select().from(crons).where(inArray(crons.cronId, wanted));
      const byId = new Map(rows.map((row) => [row.cronId, row]));
      return {
        crons: wanted.flatMap((id) => byId.get(id) ?? []).map(fromRow),
        hasMore: ids.length > page.offset + page.limit,
      };
    },

    async count(filter: CronFilter): Promise<number> {
      const where = toCondition(filter);
      if (isExact(filter)) {
        const [row] = await db.select({ total: count() }).from(crons).where(where);
        return row?.total ?? 0;
      }
      return (await matchingIds(filter, where, [])).length;
    },
  };
}

function statement(query: { sql: string; params: unknown[] }): InStatement {
  return { sql: query.sql, args: query.params as (string | number | null)[] };
}

function toRow(cron: Cron): CronRow {
  return { ...cron, payload: JSON.stringify(cron.payload), metadata: JSON.stringify(cron.metadata) };
}

function fromRow(row: CronRow): Cron {
  return { ...row, payload: parseJsonObject(row.payload), metadata: parseJsonObject(row.metadata) };
}
