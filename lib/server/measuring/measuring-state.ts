import { and, asc, desc, eq, inArray, isNotNull, like, sql } from 'drizzle-orm';
import { z } from 'zod';
import { cronIdSchema, threadIdSchema } from '@/lib/crons/ids';
import type { MeasuredThreadFate, MeasuringState } from '@/lib/crons/measuring';
import type { Store } from '../store/open-store';
import { counters, measuredCrons, measuredThreads, measuringRounds, runUsages } from '../store/schema';

const shown = 50;
const problemSchema = z.object({ code: z.string(), message: z.string(), hint: z.string() });

function fateOf(row: typeof measuredThreads.$inferSelect): MeasuredThreadFate {
  return {
    threadId: threadIdSchema.parse(row.threadId),
    cronId: cronIdSchema.parse(row.cronId),
    deleteAtMs: row.deleteAt ?? 0,
    state: row.deletion === 'deleted' || row.deletion === 'kept' ? row.deletion : 'due',
    reason: row.problem,
  };
}

/** What measuring has done for a deployment, and which threads it deletes next. */
export async function measuringState(
  deployment: string,
  store: Store,
  canReport: boolean,
): Promise<MeasuringState> {
  const { db } = store;
  const ofDeployment = eq(measuredThreads.deployment, deployment);
  const [round] = await db.select().from(measuringRounds).where(eq(measuringRounds.deployment, deployment));
  const [runs] = await db
    .select({ count: sql<number>`count(*)` })
    .from(runUsages)
    .where(eq(runUsages.deployment, deployment));
  const next = await db
    .select({ thread: measuredThreads })
    .from(measuredThreads)
    .innerJoin(
      measuredCrons,
      and(
        eq(measuredCrons.deployment, measuredThreads.deployment),
        eq(measuredCrons.cronId, measuredThreads.cronId),
      ),
    )
    .where(
      and(
        ofDeployment,
        inArray(measuredThreads.deletion, ['due', 'deleting']),
        isNotNull(measuredCrons.keepForMs),
      ),
    )
    .orderBy(asc(measuredThreads.deleteAt))
    .limit(shown);
  const kept = await db
    .select()
    .from(measuredThreads)
    .where(and(ofDeployment, eq(measuredThreads.deletion, 'kept')))
    .orderBy(desc(measuredThreads.measuredAt))
    .limit(shown);
  const fates = await db
    .select({ deletion: measuredThreads.deletion, count: sql<number>`count(*)` })
    .from(measuredThreads)
    .where(ofDeployment)
    .groupBy(measuredThreads.deletion);
  const reports = await db.select().from(counters).where(like(counters.name, 'hook-%'));
  const counted = (deletion: string) => fates.find((fate) => fate.deletion === deletion)?.count ?? 0;
  return {
    lastRoundMs: round?.endedAt ?? null,
    problem: round?.problem ? problemSchema.parse(JSON.parse(round.problem)) : null,
    measuredRuns: runs?.count ?? 0,
    canReport,
    reports: Object.fromEntries(reports.map(({ name, value }) => [name.slice('hook-'.length), value])),
    next: next.map(({ thread }) => fateOf(thread)),
    dueCount: counted('due') + counted('deleting'),
    deletedCount: counted('deleted'),
    keptAfterAll: kept.map(fateOf),
  };
}
