import type { EngineDeps } from '@/lib/engine/http/engine-deps';
import { nextOccurrence } from '@/lib/engine/scheduler/next-occurrence';
import type { Claim, DueCron } from '@/lib/engine/storage/firing-store';

/** Small enough that requests are answered between two chunks of a big second. */
const CLAIM_CHUNK = 1000;

/** After this long without an Agent Server, only the newest unposted firing of a cron is kept. */
const OUTAGE_MS = 5 * 60_000;

/** Claims everything that is due now, and says how many firings that made. */
export async function claimDue(deps: EngineDeps): Promise<number> {
  let claimed = 0;
  for (;;) {
    const nowMs = deps.now();
    const due = await deps.store.firings.due(nowMs, CLAIM_CHUNK);
    if (due.length === 0) return claimed;
    const firings = await deps.store.firings.claim(
      due.map((cron) => toClaim(cron, nowMs)),
      nowMs,
    );
    deps.metrics.due.inc(firings.length);
    claimed += firings.length;
    if (due.length < CLAIM_CHUNK) return claimed;
  }
}

/** The next date counts from now and not from the missed one: any downtime ends in one catch-up run, never in many. */
function toClaim(cron: DueCron, nowMs: number): Claim {
  const next = nextOccurrence(cron.schedule, cron.timezone, nowMs);
  return {
    cronId: cron.cronId,
    scheduledFor: cron.nextRunDate,
    nextRunDate: next.kind === 'at' ? next.ms : null,
  };
}

/** What a tick does beside claiming. */
export async function collapseOutage(deps: EngineDeps): Promise<void> {
  const nowMs = deps.now();
  const collapsed = await deps.store.firings.supersede(nowMs - OUTAGE_MS, nowMs);
  deps.metrics.skipped.inc(collapsed);
}
