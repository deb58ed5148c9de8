import type { JsonObject } from '@/lib/crons/cron';
import { isJsonObject } from '@/lib/crons/draft-json';
import { endedRuns, isLive } from '@/lib/health/cron-facts';
import { makeFinding, type CronRule } from '@/lib/health/make-finding';

/** What servers themselves put into `configurable`, at creation or for a run. */
const serverKeys = new Set([
  'cron_id',
  'run_id',
  'thread_id',
  'graph_id',
  'assistant_id',
  'user_id',
  'checkpoint_id',
  'checkpoint_ns',
  'checkpoint_map',
]);

function isServerKey(key: string): boolean {
  return serverKeys.has(key) || key.startsWith('langgraph_') || key.startsWith('__');
}

/** The entries of `config.configurable` that somebody wrote, without what the server adds. */
export function ownConfigurable(payload: JsonObject): JsonObject {
  const config = payload['config'];
  const configurable = isJsonObject(config) ? config['configurable'] : null;
  if (!isJsonObject(configurable)) return {};
  return Object.fromEntries(Object.entries(configurable).filter(([key]) => !isServerKey(key)));
}

/**
 * `context` beside an own `config.configurable`: accepted at creation, then refused at every firing, in silence. Not found
 * where a run has succeeded since the last change: then this server takes both.
 */
export const contextWithConfigurable: CronRule = (facts, nowMs) => {
  const { cron, server } = facts;
  if (!isLive(facts, nowMs) || server.kind === 'aegra' || server.kind === 'langgraph-js') return null;
  const context = cron.payload['context'];
  if (!isJsonObject(context) || Object.keys(context).length === 0) return null;
  const own = Object.keys(ownConfigurable(cron.payload));
  if (own.length === 0) return null;
  const changedMs = cron.updatedMs ?? cron.createdMs ?? 0;
  if (endedRuns(facts).some((run) => run.status === 'success' && run.startedMs >= changedMs)) return null;
  const title =
    'It sends a context and a configurable together: the server refuses every run without saying so.';
  return makeFinding('context-with-configurable', facts, title, [
    { label: 'In context', kind: 'text', text: Object.keys(context).join(', ') },
    { label: 'In configurable', kind: 'text', text: own.join(', ') },
  ]);
};
