import type { Store } from '../store/open-store';

const dayMs = 86_400_000;
/** Rows that go with one statement: a large delete must not hold up everybody else who writes. */
const atOnce = 5_000;

export type Retention = {
  /** Runs older than this are forgotten. */
  readonly days: number;
  /** Rows kept for one deployment; beyond that the oldest go. */
  readonly rows: number;
};

type Env = Readonly<Record<string, string | undefined>>;

/** CRONDECK_RUN_DAYS (default 90) and CRONDECK_RUN_ROWS (default 2,000,000); what is no whole number from 1 counts as not set. */
export function runRetention(env: Env): Retention {
  const read = (text: string | undefined, fallback: number) => {
    const value = Number(text);
    return Number.isInteger(value) && value >= 1 ? value : fallback;
  };
  return { days: read(env.CRONDECK_RUN_DAYS, 90), rows: read(env.CRONDECK_RUN_ROWS, 2_000_000) };
}

/** Forgets old runs, a bounded number at a time. Returns how many went. */
export async function pruneRuns(
  deployment: string,
  { days, rows }: Retention,
  nowMs: number,
  store: Store,
): Promise<number> {
  const beyond = await store.read(
    'SELECT at FROM run WHERE deployment = ? ORDER BY at DESC LIMIT 1 OFFSET ?',
    [deployment, rows],
  );
  const overflowMs = beyond.rows[0] ? Number(beyond.rows[0]['at']) + 1 : 0;
  const beforeMs = Math.max(nowMs - days * dayMs, overflowMs);
  const forget = `DELETE FROM kept_thread WHERE deployment = ? AND NOT EXISTS
    (SELECT 1 FROM run WHERE run.deployment = kept_thread.deployment AND run.cron_id = kept_thread.cron_id)`;
  const [gone] = await store.write([
    {
      sql: `DELETE FROM run WHERE row_id IN (SELECT row_id FROM run WHERE deployment = ? AND at < ? ORDER BY at LIMIT ?)`,
      args: [deployment, beforeMs, atOnce],
    },
    { sql: forget, args: [deployment] },
  ]);
  return gone?.rowsAffected ?? 0;
}
