import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { assistantIdSchema, cronIdSchema, runIdSchema, threadIdSchema } from '@/lib/crons/ids';
import { parseInstant } from '@/lib/crons/parse-instant';
import { ok, type Result } from '@/lib/result';
import { counters } from '../store/schema';
import { runUsages } from '../store/measuring-schema';
import type { UpstreamProblem } from '../upstream-problem';
import { countUp, usageVersion } from './measured-store';
import type { MeasuringDeps, MeasuringTarget } from './measuring-target';
import { usageSchema } from './usage-source';

const mostPages = 10;
/** The engine measures several runs at once, so a later page may hold one that was measured a moment before. */
const overlapMs = 5_000;

const instant = z.string().transform((text, context) => {
  const ms = parseInstant(text);
  if (ms !== null) return ms;
  context.addIssue({ code: 'custom', message: 'no instant' });
  return z.NEVER;
});
const wireSchema = z.object({
  run_id: runIdSchema,
  cron_id: cronIdSchema,
  assistant_id: assistantIdSchema,
  thread_id: threadIdSchema,
  status: z.string(),
  started_at: instant,
  ended_at: instant,
  usage: usageSchema,
  measured_ms: z.int().min(0),
});
type Wire = z.infer<typeof wireSchema>;

/**
 * Reads what our own engine measured of runs whose threads it has deleted since the last round. Returns how many were new.
 * An engine of an older version measures nothing, which is no problem.
 */
export async function readEngineUsage(
  { deployment, client }: MeasuringTarget,
  { store, now }: MeasuringDeps,
): Promise<Result<number, UpstreamProblem>> {
  const cursor = `engine-usage-${deployment}`;
  const [place] = await store.db.select().from(counters).where(eq(counters.name, cursor));
  let after = Math.max(0, (place?.value ?? 0) - overlapMs);
  let runs = 0;
  for (let page = 0; page < mostPages; page += 1) {
    const reply = await client.listUsage(after);
    if (!reply.ok) return reply.error.code === 'not-found' ? ok(0) : reply;
    const found = reply.value.flatMap((wire) => wireSchema.safeParse(wire).data ?? []);
    const last = found.at(-1)?.measured_ms;
    if (last === undefined) break;
    const insert = (run: Wire) => {
      const { usage, ended_at: endedAt } = run;
      const news = { usage: JSON.stringify(usage), endedAt, source: 'firing' as const, measuredAt: now() };
      return store.db
        .insert(runUsages)
        .values({
          deployment,
          runId: run.run_id,
          cronId: run.cron_id,
          assistantId: run.assistant_id,
          threadId: run.thread_id,
          status: run.status,
          startedAt: run.started_at,
          ...news,
        })
        .onConflictDoUpdate({
          target: [runUsages.deployment, runUsages.runId],
          set: news,
          setWhere: sql`usage IS NULL`,
        });
    };
    const reached = { name: cursor, value: last };
    const results = await store.write([
      ...found.map(insert),
      store.db
        .insert(counters)
        .values(reached)
        .onConflictDoUpdate({ target: counters.name, set: { value: last } }),
    ]);
    const fresh = results.slice(0, found.length).filter(({ rowsAffected }) => rowsAffected > 0).length;
    if (fresh > 0) await store.write([countUp(usageVersion(deployment), store)]);
    runs += fresh;
    // Runs of the same millisecond may be on the next page.
    if (last - 1 <= after) break;
    after = last - 1;
  }
  return ok(runs);
}
