import { isJsonObject, type JsonObject } from '@/lib/engine/json';

/** Ids that the server itself puts into metadata. */
const METADATA_KEYS = new Set([
  'thread_id',
  'assistant_id',
  'run_id',
  'cron_id',
  'counters_since_delta_snapshot',
]);

/** What the server tells a run about its caller and itself. */
const CONFIGURABLE_KEYS = new Set([
  'langgraph_auth_user',
  'langgraph_auth_user_id',
  'langgraph_auth_permissions',
  'langgraph_request_id',
  '__langsmith_project__',
  '__langsmith_example_id__',
  '__request_start_time_ms__',
  '__after_seconds__',
  '__otel_traceparent__',
  '__otel_tracestate__',
  '__dd_trace_headers__',
  '__pregel_node_finished',
  '__context_provided__',
]);

/**
 * A create or patch body without the keys that are the server's own, in `metadata`, `config` and `context`. They are
 * dropped without a word, as Agent Server 0.16 does: clients send back what they once read.
 */
export function dropReservedKeys(body: unknown): unknown {
  if (!isJsonObject(body)) return body;
  return replaceObjects(body, {
    metadata: (metadata) => without(metadata, METADATA_KEYS),
    context: (context) => without(context, CONFIGURABLE_KEYS),
    config: (config) =>
      replaceObjects(config, {
        metadata: (metadata) => without(metadata, METADATA_KEYS),
        configurable: (configurable) => without(configurable, CONFIGURABLE_KEYS),
      }),
  });
}

function replaceObjects(
  object: JsonObject,
  changes: Readonly<Record<string, (value: JsonObject) => JsonObject>>,
): JsonObject {
  const changed = Object.entries(changes).flatMap(([key, change]) => {
    const value = object[key];
    return isJsonObject(value) ? [[key, change(value)] as const] : [];
  });
  return { ...object, ...Object.fromEntries(changed) };
}

function without(object: JsonObject, keys: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.has(key)));
}
