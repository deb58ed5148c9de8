import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { usageFromMessages } from '@/lib/cost/usage-from-messages';
import { isJsonObject } from '@/lib/crons/draft-json';
import type { CronId } from '@/lib/crons/ids';
import { parseInstant } from '@/lib/crons/parse-instant';
import type { ReportClaims } from '@/lib/crons/report-address';
import type { Store } from '../store/open-store';
import { runUsages } from '../store/measuring-schema';
import { openToken } from './hook-address';
import { countUp, usageVersion } from './measured-store';
import { cronOfRun, errorText, hasEnded, lastAnswer, resultDigest } from './wire-run';

/** Senders try again for a while; what comes later than this is a recording played back. */
const latestMs = 7 * 86_400_000;
const clockMarginMs = 10 * 60_000;
export const largestReportBytes = 4 * 1024 * 1024;

export const hookOutcomes = ['taken', 'replayed', 'forged', 'malformed', 'late', 'huge'] as const;
export type HookOutcome = (typeof hookOutcomes)[number];

export type Received = {
  readonly outcome: HookOutcome;
  /** Where somebody wants the report as well, and what they get. */
  readonly forward: { readonly url: string; readonly body: string } | null;
};

const reportSchema = z.object({
  run_id: z.guid(),
  thread_id: z.guid().nullish(),
  assistant_id: z.guid(),
  status: z.string().max(40),
  created_at: z.string().max(60),
  run_started_at: z.string().max(60).nullish(),
  run_ended_at: z.string().max(60).nullish(),
  kwargs: z.unknown().optional(),
  metadata: z.unknown().optional(),
  values: z.unknown().optional(),
  error: z.unknown().optional(),
});
type Report = z.infer<typeof reportSchema>;
type Times = { readonly startedMs: number; readonly endedMs: number };

/**
 * Takes in what a run reports at its end. `readBody` answers null for more than {@link largestReportBytes} and is not called
 * for a forged address. Whatever is not a genuine, first and timely report of a cron's run changes nothing but a counter.
 */
export async function receiveHook(
  token: string,
  readBody: () => Promise<string | null>,
  store: Store,
  nowMs: number,
): Promise<Received> {
  const received = await judge(token, readBody, store, nowMs);
  await store.writeSoon([countUp(hookCounter(received.outcome), store)]);
  return received;
}

/** The counter of an outcome. */
export function hookCounter(outcome: HookOutcome): string {
  return `hook-${outcome}`;
}

function refused(outcome: Exclude<HookOutcome, 'taken'>): Received {
  return { outcome, forward: null };
}

async function judge(
  token: string,
  readBody: () => Promise<string | null>,
  store: Store,
  nowMs: number,
): Promise<Received> {
  const claims = await openToken(token, store);
  if (claims === null) return refused('forged');
  const body = await readBody();
  if (body === null) return refused('huge');
  const report = readReport(body);
  const { cronId } = report === null ? { cronId: null } : cronOfRun(report);
  if (report === null || cronId === null || !hasEnded(report)) return refused('malformed');
  const startedMs = parseInstant(report.run_started_at) ?? parseInstant(report.created_at);
  const endedMs = parseInstant(report.run_ended_at) ?? startedMs;
  if (startedMs === null || endedMs === null || endedMs < startedMs) return refused('malformed');
  if (endedMs < nowMs - latestMs || endedMs > nowMs + clockMarginMs) return refused('late');
  if (!(await keep(report, cronId, claims, { startedMs, endedMs }, store, nowMs))) return refused('replayed');
  const { forwardTo } = claims;
  return { outcome: 'taken', forward: forwardTo === null ? null : { url: forwardTo, body } };
}

function readReport(body: string): Report | null {
  try {
    return reportSchema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

/** False where the run was reported before. */
async function keep(
  report: Report,
  cronId: CronId,
  { deployment }: ReportClaims,
  { startedMs, endedMs }: Times,
  store: Store,
  nowMs: number,
): Promise<boolean> {
  const row = {
    deployment,
    runId: report.run_id,
    cronId,
    assistantId: report.assistant_id,
    threadId: report.thread_id ?? null,
    runIndex: null,
    status: report.status,
    error: errorText(report.error),
    output: lastAnswer(report.values),
    result: report.status === 'success' ? resultDigest(report.values) : null,
    startedAt: startedMs,
    endedAt: endedMs,
    usage: usageOf(report),
    source: 'webhook' as const,
    measuredAt: nowMs,
  };
  const [kept, completed] = await store.write([
    store.db.insert(runUsages).values(row).onConflictDoNothing(),
    // The thread was read first, which may not know why a run failed; once, so that a replay changes nothing.
    store.db
      .update(runUsages)
      .set({ source: 'webhook', error: sql`coalesce(${row.error}, error)`, endedAt: endedMs })
      .where(
        and(
          eq(runUsages.deployment, deployment),
          eq(runUsages.runId, report.run_id),
          eq(runUsages.cronId, cronId),
          eq(runUsages.source, 'thread'),
        ),
      ),
    countUp(usageVersion(deployment), store),
  ]);
  return kept?.rowsAffected === 1 || completed?.rowsAffected === 1;
}

/**
 * Only of a run whose thread is deleted with it: everywhere else the thread itself is read, which can tell this run's
 * messages from those of others. Null where the server does not say, as LangGraph's does not.
 */
function usageOf({ kwargs, values }: Report): string | null {
  const isTemporary = isJsonObject(kwargs) && kwargs['temporary'] === true;
  if (!isTemporary || values === null || values === undefined) return null;
  const { calls, callsWithoutUsage, truncated } = usageFromMessages(values);
  return truncated || calls.length + callsWithoutUsage === 0
    ? null
    : JSON.stringify({ calls, callsWithoutUsage });
}
