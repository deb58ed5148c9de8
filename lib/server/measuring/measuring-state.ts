import { and, asc, count, desc, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { cronIdSchema, threadIdSchema, type CronId } from '@/lib/crons/ids';
import type { MeasuredThreadFate, MeasuringState } from '@/lib/crons/measuring';
import type { Store } from '../store/open-store';
import { counters } from '../store/schema';
import { measuredThreads, measuringRounds, runUsages } from '../store/measuring-schema';
import { hookCounter, hookOutcomes } from './receive-hook';

const shown = 50;
const problemSchema = z.object({ code: z.string(), message: z.string(), hint: z.string() });

type ThreadRow = typeof measuredThreads.$inferSelect;

/** What measuring has done for a deployment, and which threads it deletes next. `nameOf` is null for crons that are gone. */
export async function measuringState(
  deployment: string,
  { db }: Store,
  nameOf: (id: CronId) => string | null,
): Promise<MeasuringState> {
  const withFate = (fate: 'due' | 'deleted' | 'kept') =>
    and(eq(measuredThreads.deployment, deployment), eq(measuredThreads.fate, fate));
  const threads = () => db.select().from(measuredThreads).limit(shown);
  const [[round], [runs], next, kept, [due], [deleted], counted] = await Promise.all([
    db.select().from(measuringRounds).where(eq(measuringRounds.deployment, deployment)),
    db.select({ count: count() }).from(runUsages).where(eq(runUsages.deployment, deployment)),
    threads().where(withFate('due')).orderBy(asc(measuredThreads.deleteAt)),
    threads().where(withFate('kept')).orderBy(desc(measuredThreads.deleteAt)),
    db.select({ count: count() }).from(measuredThreads).where(withFate('due')),
    db.select({ count: count() }).from(measuredThreads).where(withFate('deleted')),
    db
      .select()
      .from(counters)
      .where(inArray(counters.name, hookOutcomes.map(hookCounter))),
  ]);
  return {
    lastRoundMs: round?.endedAt ?? null,
    problem: round?.problem ? problemSchema.parse(JSON.parse(round.problem)) : null,
    measuredRuns: runs?.count ?? 0,
    reports: Object.fromEntries(
      hookOutcomes.flatMap((outcome) => {
        const found = counted.find(({ name }) => name === hookCounter(outcome));
        return found === undefined ? [] : [[outcome, found.value]];
      }),
    ),
    next: next.map((row) => fateOf(row, nameOf)),
    dueCount: due?.count ?? 0,
    deletedCount: deleted?.count ?? 0,
    keptAfterAll: kept.map((row) => fateOf(row, nameOf)),
  };
}

function fateOf(row: ThreadRow, nameOf: (id: CronId) => string | null): MeasuredThreadFate {
  const { threadId, deleteAt, reason } = row;
  const cronId = cronIdSchema.safeParse(row.cronId).data ?? null;
  return {
    threadId: threadIdSchema.parse(threadId),
    cronId,
    cronName: cronId === null ? null : nameOf(cronId),
    deleteAtMs: deleteAt ?? 0,
    reason,
  };
}
