import { v5 as uuidv5 } from 'uuid';
import type { JsonObject } from '@/lib/engine/json';
import { isJsonObject } from '@/lib/engine/json';
import type { Cron } from '@/lib/engine/storage/cron-store';

/** Our own namespace: ids derived in it can only be threads of firings. */
const FIRING_NAMESPACE = '3f0c1b52-5d0e-4b63-9c39-4f3a1f5c9f0e';

/** What a run may take over from a cron's payload. Timing, target and webhook are the engine's business, not the run's. */
const RUN_KEYS = [
  'input',
  'command',
  'config',
  'context',
  'checkpoint',
  'checkpoint_id',
  'checkpoint_during',
  'interrupt_before',
  'interrupt_after',
  'stream_mode',
  'stream_subgraphs',
  'stream_resumable',
  'durability',
  'feedback_keys',
  'langsmith_tracer',
  'after_seconds',
] as const;

/** The pair every run of a firing carries in its metadata, and by which it is found again. */
export function firingMark(cronId: string, scheduledFor: number): { cron_id: string; scheduled_for: string } {
  return { cron_id: cronId, scheduled_for: new Date(scheduledFor).toISOString() };
}

/** The thread of a stateless firing: always the same for the same occurrence, so a repeated attempt finds the first. */
export function firingThreadId(cronId: string, scheduledFor: number): string {
  return uuidv5(`${cronId}/${scheduledFor}`, FIRING_NAMESPACE);
}

/** The body that creates the run of one occurrence. `keepsStamp` false: see `withoutStamp`. */
export function runRequest(cron: Cron, scheduledFor: number, keepsStamp: boolean): JsonObject {
  const payload = keepsStamp ? cron.payload : withoutStamp(cron.payload);
  const taken = RUN_KEYS.flatMap((key) => (payload[key] === undefined ? [] : [[key, payload[key]] as const]));
  const sentMetadata = isJsonObject(cron.payload['metadata']) ? cron.payload['metadata'] : {};
  const target =
    cron.threadId === null
      ? { multitask_strategy: 'reject', if_not_exists: 'create' }
      : {
          multitask_strategy: cron.payload['multitask_strategy'] ?? 'enqueue',
          ...(cron.payload['if_not_exists'] !== undefined && {
            if_not_exists: cron.payload['if_not_exists'],
          }),
        };
  return {
    stream_mode: ['values'],
    ...Object.fromEntries(taken),
    ...target,
    assistant_id: cron.assistantId,
    metadata: {
      ...cron.metadata,
      ...sentMetadata,
      created_by: 'system',
      ...firingMark(cron.cronId, scheduledFor),
    },
  };
}

/** The Python server refuses a run that has both `context` and `configurable`; ours alone is no reason to fail. */
function withoutStamp(payload: JsonObject): JsonObject {
  const config = payload['config'];
  if (payload['context'] === undefined || !isJsonObject(config)) return payload;
  const configurable = isJsonObject(config['configurable']) ? config['configurable'] : {};
  if (Object.keys(configurable).some((key) => key !== 'cron_id')) return payload;
  const { configurable: _stamp, ...rest } = config;
  return { ...payload, config: rest };
}
