import { and, eq, sql } from 'drizzle-orm';
import type { Problem } from '@/lib/result';
import { measuringRounds } from '../store/measuring-schema';
import type { MeasuringDeps } from './measuring-target';

/** A round that has not ended after so long, by the watch of whoever looks, belongs to a dashboard that died. */
const deadAfterMs = 120_000;

export type Turn = { readonly turn: number; readonly seenUpdate: string };

/**
 * Sees to it that of all dashboards on one store only one measures a deployment at a time. Nobody leads and no clocks are
 * compared: a round is taken by compare-and-set on a number that goes up.
 */
export class Turns {
  private readonly looked = new Map<string, { readonly turn: number; readonly atMs: number }>();

  constructor(private readonly deps: MeasuringDeps) {}

  /** Null where another dashboard is at it, or has measured since the last look. */
  async take(deployment: string): Promise<Turn | null> {
    const { store, sessionId, now } = this.deps;
    const ofDeployment = eq(measuringRounds.deployment, deployment);
    await store.db
      .insert(measuringRounds)
      .values({ deployment, turn: 0, seenUpdate: '' })
      .onConflictDoNothing();
    const [row] = await store.db.select().from(measuringRounds).where(ofDeployment);
    if (!row) return null;
    const before = this.looked.get(deployment);
    if (before === undefined || before.turn !== row.turn)
      this.looked.set(deployment, { turn: row.turn, atMs: now() });
    const isOthers = row.owner !== null && row.owner !== sessionId;
    if (isOthers && (before?.turn !== row.turn || now() - before.atMs < deadAfterMs)) return null;
    if (before !== undefined && before.turn !== row.turn) return null;
    const turn = row.turn + 1;
    const [taken] = await store.write([
      store.db
        .update(measuringRounds)
        .set({ turn, owner: sessionId })
        .where(and(ofDeployment, eq(measuringRounds.turn, row.turn))),
    ]);
    if (taken?.rowsAffected !== 1) return null;
    this.looked.set(deployment, { turn, atMs: now() });
    return { turn, seenUpdate: row.seenUpdate };
  }

  /** Ends a round; without effect where another dashboard has taken over. */
  async end(deployment: string, { turn, seenUpdate }: Turn, problem: Problem | null): Promise<void> {
    const { store, now } = this.deps;
    const told = problem && { code: problem.code, message: problem.message, hint: problem.hint };
    await store.write([
      store.db
        .update(measuringRounds)
        .set({
          owner: null,
          // Another round may have come further meanwhile.
          seenUpdate: sql`max(seen_update, ${seenUpdate})`,
          endedAt: now(),
          problem: told && JSON.stringify(told),
        })
        .where(and(eq(measuringRounds.deployment, deployment), eq(measuringRounds.turn, turn))),
    ]);
  }
}
