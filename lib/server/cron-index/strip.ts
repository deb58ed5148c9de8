import type { CronStrip } from '@/lib/crons/cron-list';
import { attentionTest } from './attention';
import type { CronSet } from './cron-set';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

function addHours(into: number[], counts: readonly number[], times: number): void {
  for (const [hour, count] of counts.entries()) into[hour] = (into[hour] ?? 0) + count * times;
}

/** Runs of the next 24 hours; crons that share a schedule are counted once and multiplied. */
function runsByHour(set: CronSet, hoursFromMs: number): readonly number[] {
  const { columns, schedules } = set;
  const live = new Uint32Array(schedules.entries.length);
  const runs: number[] = Array.from({ length: 24 }, () => 0);
  for (let slot = 0; slot < columns.used; slot += 1) {
    if (columns.alive[slot] === 0 || !set.isLive(slot)) continue;
    const schedule = columns.schedule[slot] as number;
    const endMs = columns.endMs[slot] as number;
    if (endMs < hoursFromMs + dayMs) {
      // Ends within the day: only the hours before its end count.
      const hours = Math.ceil((endMs - hoursFromMs) / hourMs);
      addHours(runs, schedules.runsByHour(schedule, hoursFromMs).slice(0, Math.max(0, hours)), 1);
    } else {
      live[schedule] = (live[schedule] as number) + 1;
    }
  }
  for (const [schedule, times] of live.entries()) {
    if (times > 0) addHours(runs, schedules.runsByHour(schedule, hoursFromMs), times);
  }
  return runs;
}

/** The sums above the table, over all crons of a deployment. */
export function cronStrip(set: CronSet, nowMs: number): CronStrip {
  const counts = { active: 0, paused: 0, ended: 0, attention: 0 };
  const needsAttention = attentionTest(set);
  for (let slot = 0; slot < set.columns.used; slot += 1) {
    if (set.columns.alive[slot] === 0) continue;
    const code = set.statusCodeOf(slot);
    if (needsAttention(slot)) counts.attention += 1;
    if (code === 'paused' || code === 'ended') counts[code] += 1;
    else counts.active += 1;
  }
  const hoursFromMs = Math.floor(nowMs / hourMs) * hourMs;
  return {
    ...counts,
    month: set.insight.monthOfAll(),
    runsByHour: runsByHour(set, hoursFromMs),
    hoursFromMs,
  };
}

/** Keeps the strip until a cron changes or a new hour begins. */
export class KeptStrip {
  private kept: { readonly version: number; readonly strip: CronStrip } | null = null;

  constructor(private readonly set: CronSet) {}

  at(nowMs: number): CronStrip {
    const fresh =
      this.kept !== null &&
      this.kept.version === this.set.version &&
      nowMs < this.kept.strip.hoursFromMs + hourMs;
    if (!fresh) this.kept = { version: this.set.version, strip: cronStrip(this.set, nowMs) };
    return (this.kept as { readonly strip: CronStrip }).strip;
  }
}
