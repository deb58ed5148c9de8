import { isJsonObject, type JsonObject } from '@/lib/engine/json';

/** The payload with `config.configurable.cron_id` set, which is how a node of the graph learns which cron runs it. */
export function stampCronId(payload: JsonObject, cronId: string): JsonObject {
  const config = isJsonObject(payload['config']) ? payload['config'] : {};
  const configurable = isJsonObject(config['configurable']) ? config['configurable'] : {};
  return { ...payload, config: { ...config, configurable: { ...configurable, cron_id: cronId } } };
}
