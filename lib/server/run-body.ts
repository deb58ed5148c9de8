import type { Cron, JsonObject } from '@/lib/crons/cron';
import { ownIdKey, stampKey } from '@/lib/crons/reserved-metadata';

const copied = [
  'input',
  'context',
  'webhook',
  'interrupt_before',
  'interrupt_after',
  'multitask_strategy',
  'stream_mode',
  'stream_subgraphs',
  'stream_resumable',
  'durability',
] as const;

function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** The user's own configuration: without the stamps the server's scheduler sets itself at each firing. */
function configOf(cron: Cron): JsonObject | undefined {
  const config = asObject(cron.payload.config);
  const stamped = (key: string) =>
    key.startsWith('langgraph_auth') ||
    ['run_id', 'thread_id', 'graph_id', 'assistant_id', 'user_id'].includes(key);
  const configurable = Object.fromEntries(
    Object.entries(asObject(config.configurable)).filter(([key]) => !stamped(key)),
  );
  // Runs refuse context and configurable together; then metadata alone says which cron the run belongs to.
  const hasContext = cron.payload.context !== undefined && cron.payload.context !== null;
  if (hasContext) delete configurable[stampKey];
  else configurable[stampKey] = cron.cronId;
  const { configurable: _stamped, ...rest } = config;
  const own = Object.keys(configurable).length > 0 ? { ...rest, configurable } : rest;
  return Object.keys(own).length > 0 ? own : undefined;
}

/**
 * The body of a run that does what the cron's next firing would do. For a cron with a new thread per run it carries
 * what happens to the thread afterwards. Keys that are not set are left out.
 */
export function runBodyOf(cron: Cron): JsonObject {
  const body: Record<string, unknown> = { assistant_id: cron.assistantId };
  for (const key of copied) {
    const value = cron.payload[key];
    if (value !== undefined && value !== null) body[key] = value;
  }
  const config = configOf(cron);
  if (config) body.config = config;
  body.metadata = { ...cron.metadata, ...asObject(cron.payload.metadata), [ownIdKey]: cron.cronId };
  if (cron.target.kind === 'new-thread') body.on_completion = cron.target.afterRun;
  return body;
}
