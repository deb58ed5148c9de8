import type { CalendarHour, PastCounts } from '@/lib/crons/cron-calendar';
import { assistantIdSchema } from '@/lib/crons/ids';
import { runStatuses, type RunStatus } from '@/lib/crons/run';
import type { PriceRun } from '../ledger/run-records';
import { usageSchema } from '../measuring/usage-source';
import type { Store } from '../store/open-store';
import { hourOf } from './hour-starts';

/** Every zone cuts its hours at a quarter of an hour. */
const quarterMs = 900_000;
/** So many measured runs are priced for one picture, the newest; the cost of further ones counts as not known. */
const mostPriced = 20_000;
/** A run begins soon after it was due; measurements are looked for this far around. */
const marginMs = 86_400_000;

const countOf: Record<RunStatus, keyof PastCounts> = {
  pending: 'open',
  running: 'open',
  interrupted: 'open',
  success: 'ok',
  error: 'failed',
  timeout: 'failed',
  'not-started': 'failed',
  skipped: 'skipped',
  cancelled: 'skipped',
  vanished: 'vanished',
  unknown: 'inferred',
};

/** What never began costs nothing, and is not of unknown cost either. */
const neverBegan: ReadonlySet<RunStatus> = new Set(['not-started', 'skipped', 'cancelled']);

export type PastHour = NonNullable<CalendarHour['past']>;

type PastQuery = {
  readonly deployment: string;
  /** Runs that were due, or began, from here up to there: epoch ms on the deployment's clock. */
  readonly from: number;
  readonly to: number;
  /** Only of these crons; null: of all, also of deleted ones. */
  readonly cronIds: readonly string[] | null;
  /** Where the hours begin. */
  readonly starts: readonly number[];
  /** What a measured run cost; null: nobody asks. */
  readonly price: PriceRun | null;
};

type Mutable = { -readonly [Key in keyof PastCounts]: number } & {
  cost: { micros: number; uncosted: number };
};

const ofNothing = (): Mutable => ({
  ok: 0,
  failed: 0,
  open: 0,
  vanished: 0,
  inferred: 0,
  skipped: 0,
  cost: { micros: 0, uncosted: 0 },
});

/** What the ledger has of each hour, counted by the database; an hour without runs has zeros. */
export async function pastHours(query: PastQuery, store: Store): Promise<readonly PastHour[]> {
  const { deployment, from, to, cronIds, starts, price } = query;
  const hours = starts.map(ofNothing);
  if (to <= from) return hours;
  const only = cronIds === null ? '' : ' AND run.cron_id IN (SELECT value FROM json_each(?))';
  const args = [deployment, from, to, ...(cronIds === null ? [] : [JSON.stringify(cronIds)])];
  // The statuses are named so that the index by status answers alone; for few crons theirs is the better one.
  const statuses =
    cronIds === null ? ` AND status IN (${runStatuses.map((name) => `'${name}'`).join()})` : '';
  const [counted, measured] = await Promise.all([
    store.read(
      `SELECT status, at / ${quarterMs} AS quarter, count(*) AS total FROM run
       WHERE deployment = ? AND at >= ? AND at < ?${only}${statuses} GROUP BY status, quarter`,
      args,
    ),
    price === null
      ? null
      : store.read(
          `SELECT run.at, run.status, run.assistant_id, run.started_at, run_usage.usage
           FROM run_usage CROSS JOIN run ON run.deployment = run_usage.deployment AND run.run_id = run_usage.run_id
           WHERE run_usage.deployment = ? AND run.at >= ? AND run.at < ?${only}
             AND run_usage.started_at >= ? AND run_usage.started_at < ? AND run_usage.usage IS NOT NULL
           ORDER BY run_usage.started_at DESC LIMIT ${mostPriced}`,
          [...args, from - marginMs, to + marginMs],
        ),
  ]);
  for (const row of counted.rows) {
    const status = runStatuses.find((known) => known === row['status']) ?? 'unknown';
    const hour = hours[hourOf(starts, Number(row['quarter']) * quarterMs)];
    const total = Number(row['total']);
    if (hour === undefined) continue;
    hour[countOf[status]] += total;
    if (!neverBegan.has(status)) hour.cost.uncosted += total;
  }
  for (const row of measured?.rows ?? []) {
    const amount = price === null ? null : priceOf(row, price);
    const hour = hours[hourOf(starts, Number(row['at']))];
    if (amount === null || hour === undefined) continue;
    hour.cost.micros += Math.round(amount * 1_000_000);
    hour.cost.uncosted -= 1;
  }
  return hours;
}

function priceOf(row: Readonly<Record<string, unknown>>, price: PriceRun): number | null {
  const status = runStatuses.find((known) => known === row['status']) ?? 'unknown';
  const usage = usageSchema.safeParse(JSON.parse(String(row['usage']))).data;
  if (usage === undefined || usage.calls.length === 0 || neverBegan.has(status)) return null;
  const startedMs = row['started_at'] === null ? null : Number(row['started_at']);
  const assistantId = assistantIdSchema.safeParse(row['assistant_id']).data ?? null;
  return price({ assistantId, startedMs }, usage)?.amount ?? null;
}

/** Runs that began in an hour, or may have: those left out on purpose are none. */
export function ranIn({ ok, failed, open, vanished, inferred }: PastCounts): number {
  return ok + failed + open + vanished + inferred;
}
