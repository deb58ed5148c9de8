import type { Cron, JsonObject } from '@/lib/crons/cron';
import { isStamped } from '@/lib/crons/cron-to-draft';
import { isJsonObject } from '@/lib/crons/draft-json';
import type { CronCreate, WireCronCreate } from '@/lib/crons/draft-to-wire';
import { ownIdKey, requestKey } from '@/lib/crons/reserved-metadata';

/** Keys of the stored create body whose truth is on the cron itself; the stored copy lags behind a PATCH. */
const saidByTheCron = new Set([
  'assistant_id',
  'cron_id',
  'thread_id',
  'schedule',
  'timezone',
  'enabled',
  'end_time',
  'metadata',
  'on_run_completed',
]);

/**
 * The create that makes this cron again with everything it had: what a run gets (keys we do not know included),
 * schedule, zone, end, metadata, target and whether it is paused. Its id and dates are the server's to give anew, so its
 * own id, where its metadata holds it, is left out too.
 */
export function cronToCreate(cron: Cron, capabilities: { readonly timezone: boolean }): CronCreate {
  const metadata = metadataToKeep(cron);
  const body = {
    ...payloadToKeep(cron.payload),
    assistant_id: cron.assistantId,
    schedule: cron.schedule,
    // UTC is what every server takes when it is told nothing, also one that knows no zones.
    ...((capabilities.timezone || cron.zone !== 'UTC') && { timezone: cron.zone }),
    ...endToKeep(cron),
    ...(!cron.enabled && { enabled: false as const }),
    ...(cron.target.kind === 'new-thread' && { on_run_completed: cron.target.afterRun }),
    ...(Object.keys(metadata).length > 0 && { metadata }),
  } satisfies WireCronCreate;
  return { threadId: cron.target.kind === 'thread' ? cron.target.threadId : null, body };
}

function endToKeep(cron: Cron): { end_time?: string } {
  switch (cron.end.kind) {
    case 'never':
      return {};
    case 'at':
      // Not its own text: a server that answers with exactly what it was sent has not read it, and that must show.
      return { end_time: new Date(cron.end.atMs).toISOString() };
    case 'unreadable':
      return { end_time: cron.end.text };
  }
}

function metadataToKeep({ cronId, metadata }: Cron): JsonObject {
  const kept = Object.entries(metadata).filter(
    ([key, value]) => key !== requestKey && !(key === ownIdKey && value === cronId),
  );
  return Object.fromEntries(kept);
}

/** What a run gets, without the server's stamps. Null is what a field holds that was never set. */
function payloadToKeep(payload: JsonObject): JsonObject {
  const kept = Object.entries(payload).flatMap(([key, value]): [string, unknown][] => {
    if (saidByTheCron.has(key) || isStamped(key) || value === null || value === undefined) return [];
    if (key !== 'config' || !isJsonObject(value)) return [[key, value]];
    const config = withoutStamps(value);
    return Object.keys(config).length === 0 ? [] : [[key, config]];
  });
  return Object.fromEntries(kept);
}

/** An empty `configurable` goes as well: together with a context it would make every run fail. */
function withoutStamps(config: JsonObject): JsonObject {
  const { configurable, ...rest } = config;
  if (!isJsonObject(configurable)) return configurable === undefined ? rest : config;
  const own = Object.fromEntries(Object.entries(configurable).filter(([key]) => !isStamped(key)));
  return Object.keys(own).length === 0 ? rest : { ...rest, configurable: own };
}
