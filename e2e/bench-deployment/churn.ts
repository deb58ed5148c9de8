import type { CronRows } from './cron-rows';
import { pick, randomFrom, uuidFrom } from './random';

/** One change of somebody else: a third creates, a third deletes, a third edits a cron. */
export function changeSomething(crons: CronRows, random: () => number, nowMs: number): void {
  const row = pick(crons.all(), random);
  const at = new Date(nowMs).toISOString();
  const kind = random();
  if (kind < 1 / 3)
    crons.add({
      ...row,
      cron_id: uuidFrom(Math.floor(random() * 1e9), random),
      created_at: at,
      updated_at: at,
    });
  else if (kind < 2 / 3) crons.remove(row.cron_id);
  else crons.replace({ ...row, enabled: !row.enabled, updated_at: at });
}

/** Keeps changing the deployment; returns what stops it. */
export function churn(crons: CronRows, changesASecond: number, now: () => number): () => void {
  const random = randomFrom(5);
  const timer = setInterval(() => changeSomething(crons, random, now()), 1000 / changesASecond);
  return () => clearInterval(timer);
}
