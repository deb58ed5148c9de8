import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { InStatement } from '@libsql/client';
import { isAllPlainLeaves, plainLeaves, type JsonObject } from '@/lib/engine/json';
import { cronMetadata, crons } from '@/lib/engine/storage/schema';

export type CronFilter = {
  readonly assistantId?: string | undefined;
  readonly threadId?: string | undefined;
  readonly enabled?: boolean | undefined;
  /** Matched by containment, as `containsJson` says. */
  readonly metadata?: JsonObject | undefined;
};

/** Plain values are looked up in `cron_metadata`; where `isExact` says no, it lets through more than match. */
export function toCondition(filter: CronFilter): SQL | undefined {
  return and(
    filter.assistantId === undefined ? undefined : eq(crons.assistantId, filter.assistantId),
    filter.threadId === undefined ? undefined : eq(crons.threadId, filter.threadId),
    filter.enabled === undefined ? undefined : eq(crons.enabled, filter.enabled),
    ...plainLeaves(filter.metadata ?? {}).map(
      ([path, value]) => sql`${crons.cronId} IN (SELECT ${cronMetadata.cronId} FROM ${cronMetadata}
        WHERE ${cronMetadata.key} = ${path} AND ${cronMetadata.value} = ${value})`,
    ),
  );
}

/** False where the filter has lists or empty objects: then the metadata of every candidate has to be compared. */
export function isExact(filter: CronFilter): boolean {
  return isAllPlainLeaves(filter.metadata ?? {});
}

/**
 * The rows that `toCondition` looks into, if the cron still has this metadata. Both parts are JSON text, which keeps 1 and "1" apart and control characters out of the
 * comparison.
 */
export function metadataInsert(cronId: string, metadata: JsonObject): InStatement {
  return {
    sql: `INSERT OR IGNORE INTO cron_metadata (key, value, cron_id)
          SELECT value ->> 0, value ->> 1, cron.cron_id FROM json_each(?), cron WHERE cron.cron_id = ? AND cron.metadata = ?`,
    args: [JSON.stringify(plainLeaves(metadata)), cronId, JSON.stringify(metadata)],
  };
}

/** The same for a cron that has rows already; run it after the update. */
export function metadataReplace(cronId: string, metadata: JsonObject): InStatement[] {
  const text = JSON.stringify(metadata);
  return [
    {
      sql: `DELETE FROM cron_metadata WHERE cron_id = (SELECT cron_id FROM cron WHERE cron_id = ? AND metadata = ?)`,
      args: [cronId, text],
    },
    metadataInsert(cronId, metadata),
  ];
}
