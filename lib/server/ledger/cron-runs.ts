import 'server-only';
import { z } from 'zod';
import type { CronRow } from '@/lib/crons/cron-list';
import type { ServerKind } from '@/lib/crons/deployment';
import type { CronId } from '@/lib/crons/ids';
import type { CronRuns, RunKnowledge, RunList } from '@/lib/crons/run';
import type { RunQuery } from '@/lib/crons/run-query';
import { ok, type Problem, type Result } from '@/lib/result';
import type { CronIndex } from '../cron-index/cron-index';
import type { Dashboard } from '../dashboard';
import type { Deployment } from '../deployment';
import { knownIndex } from '../insight/known-index';
import { findRuns, runsOfCron } from './read-runs';
import type { PriceRun } from './run-records';
import { readWatch } from './watch-rows';

const mostAssistants = 500;

export const cronRunsQuerySchema = z.object({
  before: z.string().max(60).nullable().default(null),
  limit: z.int().min(1).max(200).default(30),
});
type CronRunsQuery = z.infer<typeof cronRunsQuerySchema>;

type Inside = { readonly deployment: Deployment; readonly dashboard: Dashboard };

/** The latest runs of a cron, and how they become known. Asking for them has the observer look at this cron first. */
export async function cronRuns(
  { deployment, dashboard }: Inside,
  cronId: CronId,
  query: CronRunsQuery,
): Promise<Result<CronRuns, Problem>> {
  const { id } = deployment.config;
  const { store } = dashboard.deps;
  dashboard.observers.watch(id, cronId);
  const index = await knownIndex(deployment);
  if (!index.ok) return index;
  const info = await deployment.info();
  const [page, watch] = await Promise.all([
    runsOfCron(id, cronId, query, store, pricing(index.value)),
    readWatch(id, store),
  ]);
  const { columns } = index.value.set;
  const slot = columns.slotOf(cronId);
  const row = index.value.queries.row(cronId, dashboard.deps.now());
  const firings = info.state.kind === 'ready' && info.state.capabilities.firings;
  return ok({
    ...page,
    knowledge: runKnowledge(row, {
      firings,
      kind: info.server?.kind ?? 'unknown',
      isFindable: slot !== undefined && columns.findable[slot] === 1,
      reports: page.runs.some(({ source }) => source === 'webhook'),
    }),
    watchedSinceMs: watch.sinceMs,
    clockOffsetMs: deployment.clock.offsetMs(),
    problem: dashboard.observers.problemOf(id),
  });
}

/** A window over the runs of all crons of a deployment, or of those in `cronIds`, with their names. */
export async function runList(
  { deployment, dashboard }: Inside,
  query: RunQuery,
  cronIds: readonly string[] | null = null,
): Promise<Result<RunList, Problem>> {
  const { id } = deployment.config;
  const { store, now } = dashboard.deps;
  const index = await knownIndex(deployment);
  if (!index.ok) return index;
  const { set } = index.value;
  const offsetMs = deployment.clock.offsetMs();
  const [found, watch] = await Promise.all([
    findRuns(id, query, now() + offsetMs, store, pricing(index.value), cronIds),
    readWatch(id, store),
  ]);
  const assistantName = (assistantId: string | null) => {
    const number = assistantId === null ? undefined : set.assistants.numberOf(assistantId);
    return number === undefined ? null : set.assistants.at(number).name;
  };
  return ok({
    rows: found.runs.map((run) => {
      const slot = set.columns.slotOf(run.cronId);
      const cronName = slot === undefined ? null : (set.columns.names[slot] ?? null);
      return { ...run, cronName, assistantName: assistantName(run.assistantId) };
    }),
    matching: found.matching,
    counts: found.counts,
    assistants: set.assistants.things
      .slice(0, mostAssistants)
      .map(({ id: value, name: label }) => ({ value, label }))
      .toSorted((a, b) => a.label.localeCompare(b.label, 'en')),
    watchedSinceMs: watch.sinceMs,
    clockOffsetMs: offsetMs,
    problem: dashboard.observers.problemOf(id),
  });
}

function pricing({ insight }: CronIndex): PriceRun {
  return ({ assistantId, startedMs }, usage) => insight.costs.priceOf(assistantId, startedMs, usage);
}

type Around = {
  readonly firings: boolean;
  readonly kind: ServerKind;
  readonly isFindable: boolean;
  /** Its runs tell of their end by themselves. */
  readonly reports: boolean;
};

/** How the runs of a cron become known on this server. */
export function runKnowledge(
  row: Pick<CronRow, 'target'> | null,
  { firings, kind, isFindable, reports }: Around,
): RunKnowledge {
  if (firings) return { kind: 'exact', from: 'firings' };
  // Its runs carry neither metadata nor the id of their cron (seen on Aegra 0.11).
  if (row === null || kind === 'aegra') return { kind: 'inferred', remedy: null };
  if (row.target.kind === 'thread') return { kind: 'exact', from: 'thread' };
  if (!isFindable && reports) return { kind: 'exact', from: 'webhook' };
  if (row.target.afterRun === 'delete') return { kind: 'inferred', remedy: 'keep' };
  return isFindable ? { kind: 'exact', from: 'kept-thread' } : { kind: 'inferred', remedy: 'adopt' };
}
