import { isJsonObject } from '@/lib/crons/draft-json';
import type { CronId } from '@/lib/crons/ids';
import { ownIdKey } from '@/lib/crons/reserved-metadata';
import { ok, type Result } from '@/lib/result';
import type { DeploymentClient } from '../deployment-client';
import type { Store } from '../store/open-store';
import type { UpstreamProblem } from '../upstream-problem';
import { RequestBudget } from './watch-pace';
import { ensureWatch } from './write-runs';

/** Threads that runs of a cron left behind, and how many of them stopped to ask a human. */
export type KeptThreads = { readonly total: number; readonly waiting: number };

type Client = Pick<DeploymentClient, 'searchThreads' | 'countThreads'>;

/** Enough to see that threads pile up; the exact number is asked for only beyond it. */
const listed = 200;
/** A count is renewed when the cron has run again, but no sooner than this. */
const recountMs = 6 * 3_600_000;
/** While one of its threads waits, or may, it is looked at again this often: somebody may have answered. */
const waitingMs = 60_000;
/** Requests a second for this, beside those for runs: a count is never urgent. */
const perSecond = 0.5;

/** The key under which threads name their cron: our engine writes its own, elsewhere ours is inherited from the cron. */
export function threadKey(firings: boolean): string {
  return firings ? 'cron_id' : ownIdKey;
}

/** Counts the threads of a cron; null where the server takes no notice of the metadata asked for. */
export async function countKept(
  client: Client,
  key: string,
  cronId: CronId,
): Promise<Result<KeptThreads | null, UpstreamProblem>> {
  const metadata = { [key]: cronId };
  const reply = await client.searchThreads({
    metadata,
    limit: listed,
    select: ['thread_id', 'metadata', 'status'],
  });
  if (!reply.ok) return reply;
  const threads = reply.value.filter(isJsonObject);
  const isOurs = (thread: (typeof threads)[number]) =>
    isJsonObject(thread['metadata']) && thread['metadata'][key] === cronId;
  if (!threads.every(isOurs)) return ok(null);
  const waiting = threads.filter(({ status }) => status === 'interrupted').length;
  if (threads.length < listed) return ok({ total: threads.length, waiting });
  const total = await client.countThreads({ metadata });
  if (!total.ok) return total.error.code === 'not-found' ? ok({ total: listed, waiting }) : total;
  const asking = await client.countThreads({ metadata, status: 'interrupted' });
  return asking.ok ? ok({ total: total.value, waiting: asking.value }) : asking;
}

/** Counts kept threads of crons that have run since the last count, few at a time, and keeps the counts in the store. */
export class KeptThreadCounter {
  private readonly budget = new RequestBudget(perSecond, 1);
  /** Crons to count, by when at the earliest. */
  private readonly due = new Map<CronId, number>();
  private readonly countedMs = new Map<CronId, number>();

  constructor(
    private readonly deployment: string,
    private readonly store: Store,
  ) {}

  /** A run of this cron has left a thread; `waits`: it stopped to ask. */
  note(cronId: CronId, waits: boolean, nowMs: number): void {
    const last = this.countedMs.get(cronId);
    const atMs = waits || last === undefined ? nowMs : last + recountMs;
    this.due.set(cronId, Math.min(atMs, this.due.get(cronId) ?? Number.POSITIVE_INFINITY));
  }

  /** Counts what is due, as far as the budget goes. */
  async step(client: Client, key: string, nowMs: number): Promise<Result<void, UpstreamProblem>> {
    for (const [cronId, atMs] of this.due) {
      if (atMs > nowMs) continue;
      if (!this.budget.take(nowMs)) break;
      const counted = await countKept(client, key, cronId);
      if (!counted.ok && counted.error.code !== 'refused') return counted;
      this.due.delete(cronId);
      this.countedMs.set(cronId, nowMs);
      const kept = counted.ok ? counted.value : null;
      if (kept === null) continue;
      await keepCount(this.deployment, cronId, kept, this.store);
      if (kept.waiting > 0) this.due.set(cronId, nowMs + waitingMs);
    }
    return ok(undefined);
  }
}

async function keepCount(
  deployment: string,
  cronId: CronId,
  { total, waiting }: KeptThreads,
  store: Store,
): Promise<void> {
  await store.writeSoon([
    ensureWatch(deployment),
    { sql: 'UPDATE watch SET version = version + 1 WHERE deployment = ?', args: [deployment] },
    {
      sql: `INSERT INTO kept_thread (deployment, cron_id, total, waiting, version)
            VALUES (?, ?, ?, ?, (SELECT version FROM watch WHERE deployment = ?))
            ON CONFLICT DO UPDATE SET total = excluded.total, waiting = excluded.waiting, version = excluded.version
            WHERE total <> excluded.total OR waiting <> excluded.waiting`,
      args: [deployment, cronId, total, waiting, deployment],
    },
  ]);
}

/** The counts that changed after a version of the watch, all of them for -1. */
export async function changedCounts(
  deployment: string,
  afterVersion: number,
  store: Store,
): Promise<ReadonlyMap<CronId, KeptThreads>> {
  const { rows } = await store.read(
    'SELECT cron_id, total, waiting FROM kept_thread WHERE deployment = ? AND version > ?',
    [deployment, afterVersion],
  );
  return new Map(
    rows.map((row) => [
      String(row['cron_id']) as CronId,
      { total: Number(row['total']), waiting: Number(row['waiting']) },
    ]),
  );
}
