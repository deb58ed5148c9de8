import type { DeploymentInfo, ServerKind } from '@/lib/crons/deployment';
import { findReading } from '@/lib/schedule/find-reading';
import type { CronEvidence } from '@/lib/schedule/verdict';
import type { CronSet } from './cron-index/cron-set';

type Reading = DeploymentInfo['reading'];

const mostWithSeconds = 300;
const mostOthers = 200;

/** What to assume before any cron has shown it: Aegra reads the seconds first, the Agent Server last. */
export function usualReading(kind: ServerKind): Exclude<Reading, 'unknown'> {
  return kind === 'aegra' ? 'seconds-first' : 'seconds-last';
}

/** A sample of crons that will run: above all those whose schedules have seconds, where readings differ. */
function evidenceIn(set: CronSet): readonly CronEvidence[] {
  const { columns, schedules } = set;
  const withSeconds: CronEvidence[] = [];
  const others: CronEvidence[] = [];
  // Spread over all crons, not only the oldest.
  const step = Math.max(1, Math.floor(columns.used / mostOthers));
  for (let slot = 0; slot < columns.used; slot += 1) {
    if (columns.alive[slot] === 0 || !set.isLive(slot)) continue;
    const { schedule, zone } = schedules.at(columns.schedule[slot] as number);
    const hasSeconds = schedule.trim().split(/\s+/).length > 5;
    const wanted = hasSeconds ? withSeconds.length < mostWithSeconds : slot % step === 0;
    const nextRunDate = columns.nextRunMs[slot] as number;
    if (!wanted || Number.isNaN(nextRunDate)) continue;
    const createdMs = columns.createdMs[slot] as number;
    const createdAt = Number.isNaN(createdMs) ? 0 : createdMs;
    (hasSeconds ? withSeconds : others).push({ schedule, zone, enabled: true, nextRunDate, createdAt });
  }
  return [...withSeconds, ...others];
}

/**
 * How a deployment reads schedules, judged by its own next run dates; `unknown` where no reading of ours explains them.
 * One date in a hundred may differ: some servers leave an old one behind after an edit.
 */
export function foundReading(set: CronSet, kind: ServerKind): Reading {
  const found = findReading(evidenceIn(set));
  switch (found.kind) {
    case 'explained':
      return found.certain ? found.reading : usualReading(kind);
    case 'unexplained':
      return found.differing.length * 100 <= found.checked ? found.best : 'unknown';
  }
}
