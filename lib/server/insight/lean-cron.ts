import { hash } from 'node:crypto';
import type { Cron, JsonObject } from '@/lib/crons/cron';
import { canonicalJson } from '@/lib/health/duplicate-key';
import { isJsonObject } from '@/lib/crons/draft-json';
import { ownConfigurable } from '@/lib/health/rules/context-with-configurable';

const said = 'said';
const nobody: JsonObject = {};
const onlyName: JsonObject = { name: said };
const onlyOwner: JsonObject = { owner: said };
const both: JsonObject = { name: said, owner: said };

/**
 * A cron with a fingerprint in place of everything long it sends: enough for every health rule, since they ask only whether
 * two crons send the same and what a few settings say. `has` says what cronName and cronOwner found in it. A hundred thousand of them stay in memory.
 */
export function leanCron(cron: Cron, has: { readonly name: boolean; readonly owner: boolean }): Cron {
  const metadata = has.name ? (has.owner ? both : onlyName) : has.owner ? onlyOwner : nobody;
  return { ...cron, metadata, payload: leanPayload(cron) };
}

function leanPayload(cron: Cron): JsonObject {
  const { payload } = cron;
  const print = (value: unknown) => fingerprint(value, cron.cronId);
  const { configurable: _, ...settings } = isJsonObject(payload['config']) ? payload['config'] : {};
  const configurable = printed(ownConfigurable(payload), print);
  const config = {
    ...(Object.keys(settings).length > 0 && { settings: print(settings) }),
    ...(configurable !== null && { configurable }),
  };
  const context = isJsonObject(payload['context']) ? printed(payload['context'], print) : null;
  return {
    ...(payload['input'] !== undefined && payload['input'] !== null && { input: print(payload['input']) }),
    ...(Object.keys(config).length > 0 && { config }),
    ...(context !== null && { context }),
    ...(payload['multitask_strategy'] !== undefined && { multitask_strategy: payload['multitask_strategy'] }),
  };
}

/** The keys stay, since findings name them. */
function printed(values: JsonObject, print: (value: unknown) => string): JsonObject | null {
  const entries = Object.entries(values);
  if (entries.length === 0) return null;
  return Object.fromEntries(entries.map(([key, value]) => [key, print(value)]));
}

/** Equal for equal JSON values, whatever the order of their keys; what is nested beyond reason equals nothing else. */
function fingerprint(value: unknown, cronId: string): string {
  const text = canonicalJson(value, JSON.stringify(cronId));
  return text.length <= 24 ? text : hash('sha1', text, 'base64');
}
