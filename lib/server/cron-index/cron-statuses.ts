import { cronStatusCodes, type CronStatusCode } from '@/lib/crons/cron-list';
import { cronStatus, cronStatusCode, type CronAround, type StatusSubject } from '@/lib/health/cron-status';
import type { CronSet } from './cron-set';

const statusNumber = Object.fromEntries(cronStatusCodes.map((code, number) => [code, number])) as Record<
  CronStatusCode,
  number
>;

/** The status of every cron of a set, kept in its columns as of the last refresh. */
export class CronStatuses {
  private refreshedFor = '';
  private fromMs = Number.POSITIVE_INFINITY;
  private untilMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly set: CronSet) {}

  /** Brings every status up to date; cheap where nothing can have changed since the last time. */
  refresh(nowMs: number): void {
    const state = this.state();
    if (state === this.refreshedFor && nowMs >= this.fromMs && nowMs < this.untilMs) return;
    const { columns } = this.set;
    let changed = false;
    let untilMs = Number.POSITIVE_INFINITY;
    for (let slot = 0; slot < columns.used; slot += 1) {
      if (columns.alive[slot] === 0) continue;
      const status = statusNumber[cronStatusCode(this.subjectOf(slot), this.aroundOf(slot), nowMs)];
      const endMs = columns.endMs[slot] as number;
      if (endMs > nowMs && endMs < untilMs) untilMs = endMs;
      if (columns.status[slot] === status) continue;
      columns.status[slot] = status;
      changed = true;
    }
    if (changed) this.set.timeVersion += 1;
    this.refreshedFor = this.state();
    this.fromMs = nowMs;
    this.untilMs = untilMs;
  }

  /** The status of one cron at `nowMs`, whenever the last refresh was. */
  of(slot: number, nowMs: number) {
    return cronStatus(this.subjectOf(slot), this.aroundOf(slot), nowMs);
  }

  codeOf(slot: number): CronStatusCode {
    return cronStatusCodes[this.set.columns.status[slot] as number] as CronStatusCode;
  }

  /** Whether the cron will run again as things stood at the last refresh: enabled and not ended. */
  isLive(slot: number): boolean {
    const status = this.set.columns.status[slot];
    return status !== statusNumber.paused && status !== statusNumber.ended;
  }

  private state(): string {
    const { version, confirmedMs, clockOffsetMs } = this.set;
    return `${version}/${confirmedMs}/${clockOffsetMs}`;
  }

  private subjectOf(slot: number): StatusSubject {
    const { columns } = this.set;
    const nextRunMs = columns.nextRunMs[slot] as number;
    return {
      enabled: columns.enabled[slot] === 1,
      end: columns.endOf(slot),
      nextRunMs: Number.isNaN(nextRunMs) ? null : nextRunMs,
    };
  }

  private aroundOf(slot: number): CronAround {
    const { columns, schedules, assistants, threads } = this.set;
    const thread = columns.thread[slot] as number;
    return {
      schedule: schedules.at(columns.schedule[slot] as number).state,
      assistantGone: assistants.gone[columns.assistant[slot] as number] === 1,
      threadGone: thread >= 0 && threads.gone[thread] === 1,
      seenMs: this.set.seenMsOf(slot),
    };
  }
}
