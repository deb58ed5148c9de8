import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { usageFromMessages } from '@/lib/cost/usage-from-messages';
import { isJsonObject } from '@/lib/crons/draft-json';
import { parseInstant } from '@/lib/crons/parse-instant';
import type { Store } from '../store/open-store';
import { measuredCrons, runUsages } from '../store/schema';
import { openToken } from './hook-address';
import { count } from './measured-store';
import { cronOfRun, errorText, hasEnded, lastAnswer } from './wire-run';

/** Runs of a day's end can be reported in a burst, but none is reported after this. */
const latestMs = 7 * 86_400_000;
const clockMarginMs = 10 * 60_000;
export const largestReportBytes = 4 * 1024 * 1024;

export type HookOutcome = 'taken' | 'replayed' | 'forged' | 'malformed' | 'late' | 'huge';

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
  kwargs: z.unknown(),
  metadata: z.unknown(),
  values: z.unknown(),
  error: z.unknown(),
});
type Report = z.infer<typeof reportSchema>;

/**
 * Takes in what a run reports at its end. `body` is null where it was larger than {@link largestReportBytes}. Whatever is
 * not a genuine, first and timely report of a run of that very cron changes nothing but a counter.
 */
export async function receiveHook(
  token: string,
  body: string | null,
  store: Store,
  nowMs: number,
): Promise<Received> {
  const received = await judge(token, body, store, nowMs);
  await count(`hook-${received.outcome}`, store);
  return received;
}

function refused(outcome: Exclude<HookOutcome, 'taken'>): Received {
  return { outcome, forward: null };
}

async function judge(token: string, body: string | null, store: Store, nowMs: number): Promise<Received> {
  const nonce = await openToken(token, store);
  if (nonce === null) return refused('forged');
  const [cron] = await store.db.select().from(measuredCrons).where(eq(measuredCrons.hookNonce, nonce));
  if (!cron) return refused('forged');
  if (body === null) return refused('huge');
  const report = readReport(body);
  if (report === null) return refused('malformed');
  const said = cronOfRun(report);
  // The address was known to one cron only; a report about another comes from somebody who read it there.
  if (said !== cron.cronId) return refused('forged');
  const startedMs = parseInstant(report.run_started_at) ?? parseInstant(report.created_at);
  const endedMs = parseInstant(report.run_ended_at) ?? startedMs;
  if (startedMs === null || endedMs === null || !hasEnded(report)) return refused('malformed');
  if (endedMs < nowMs - latestMs || startedMs > nowMs + clockMarginMs) return refused('late');
  const isNew = await keep(report, cron, { startedMs, endedMs }, store, nowMs);
  if (!isNew) return refused('replayed');
  return { outcome: 'taken', forward: cron.forwardTo === null ? null : { url: cron.forwardTo, body } };
}

function readReport(body: string): Report | null {
  try {
    return reportSchema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

/** False where the run was reported before. Values are null where the thread is deleted at the end: then no tokens are known. */
async function keep(
  report: Report,
  cron: typeof measuredCrons.$inferSelect,
  { startedMs, endedMs }: { readonly startedMs: number; readonly endedMs: number },
  store: Store,
  nowMs: number,
): Promise<boolean> {
  const row = {
    deployment: cron.deployment,
    runId: report.run_id,
    cronId: cron.cronId,
    assistantId: report.assistant_id,
    threadId: report.thread_id ?? null,
    runIndex: null,
    status: report.status,
    error: errorText(report.error),
    output: lastAnswer(report.values),
    startedAt: startedMs,
    endedAt: endedMs,
    usage: usageOf(report),
    source: 'webhook' as const,
    measuredAt: nowMs,
  };
  const [kept] = await store.write([store.db.insert(runUsages).values(row).onConflictDoNothing()]);
  if (kept?.rowsAffected === 1) return true;
  // The thread was read first, which knows nothing of why a run failed; once, so that a replay changes nothing.
  const [completed] = await store.write([
    store.db
      .update(runUsages)
      .set({ source: 'webhook', error: row.error ?? sql`error`, endedAt: endedMs })
      .where(
        and(
          eq(runUsages.deployment, cron.deployment),
          eq(runUsages.runId, report.run_id),
          eq(runUsages.source, 'thread'),
        ),
      ),
  ]);
  return completed?.rowsAffected === 1;
}

/**
 * Only of a run whose thread is deleted with it: everywhere else the thread itself is read, which can tell this run's
 * messages from those of others.
 */
function usageOf({ kwargs, values }: Report): string | null {
  const isTemporary = isJsonObject(kwargs) && kwargs['temporary'] === true;
  if (!isTemporary || values === null || values === undefined) return null;
  const { calls, callsWithoutUsage, truncated } = usageFromMessages(values);
  return truncated || calls.length + callsWithoutUsage === 0
    ? null
    : JSON.stringify({ calls, callsWithoutUsage });
}
