import type { CronColumns } from '../cron-index/cron-columns';

/** How often the observer asks. Everything in ms. */
export const pace = {
  /** Servers look every 5 to 60 s what is due; asking at once would only bring the old date. */
  lookAfterDue: 2_000,
  /** Between two looks at a small deployment, and at one of more than a page of crons. */
  smallGap: 4_000,
  largeGap: 10_000,
  /** While what is due does not start, looks become rarer up to this. */
  longestGap: 60_000,
  /** Nothing due: new crons and edits are noticed this late at the latest. */
  idleGap: 300_000,
  /** The engine is asked for firings at least this often: a run by hand moves no date. */
  firingsGap: 60_000,
  /** Between two readings of the runs of one cron, and of one whose page is open. */
  readGap: 60_000,
  watchedReadGap: 5_000,
  /** A cron counts as looked at this long after its page asked. */
  watchedFor: 15_000,
} as const;

/** Requests about single crons that may be sent each second, over time; a hundred thousand crons get no more than ten. */
export const requestsASecond = 4;

export type DueState = {
  /** Crons that were due and have not moved on. */
  readonly due: number;
  /** The latest date among them; -Infinity without any. */
  readonly latestDueMs: number;
};

/** What is due by the dates that are held. `nowMs` is on the deployment's clock. */
export function dueState(columns: CronColumns, nowMs: number): DueState {
  let due = 0;
  let latestDueMs = Number.NEGATIVE_INFINITY;
  for (let slot = 0; slot < columns.used; slot += 1) {
    if (columns.alive[slot] === 0 || columns.enabled[slot] === 0) continue;
    const nextMs = columns.nextRunMs[slot] as number;
    // NaN compares as false: without an end date nothing ends, without a next date nothing is due.
    if (!(nextMs <= nowMs) || (columns.endMs[slot] as number) < nextMs) continue;
    due += 1;
    if (nextMs > latestDueMs) latestDueMs = nextMs;
  }
  return { due, latestDueMs };
}

/** How soon to look at a run that has not ended: soon while it is young or somebody waits for it. */
export function followAfterMs(ageMs: number, isWatched: boolean): number {
  if (isWatched) return ageMs < 600_000 ? 2_000 : 10_000;
  if (ageMs < 60_000) return 5_000;
  return ageMs < 600_000 ? 20_000 : 60_000;
}

/** Lets so many requests through a second on average, and no more than a few seconds' worth at once. */
export class RequestBudget {
  private tokens: number;
  private filledMs: number | null = null;

  constructor(
    private readonly perSecond: number,
    private readonly most: number,
  ) {
    this.tokens = most;
  }

  /** Takes one if there is one. */
  take(nowMs: number): boolean {
    const passedMs = this.filledMs === null ? 0 : Math.max(0, nowMs - this.filledMs);
    this.filledMs = nowMs;
    this.tokens = Math.min(this.most, this.tokens + (passedMs / 1_000) * this.perSecond);
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }

  /** For requests that turned out to be several. */
  charge(more: number): void {
    this.tokens -= more;
  }
}
