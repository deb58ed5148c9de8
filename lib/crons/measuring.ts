import { z } from 'zod';
import type { Problem } from '@/lib/result';
import type { CronId, ThreadId } from './ids';

const dayMs = 86_400_000;

/**
 * What is to be measured of a cron. `report`: its runs report to Crondeck when they end, also those whose thread is
 * deleted. `keepDays`: threads are kept until they are measured and so many days more, then deleted; null: never deleted.
 */
export const measuringWishSchema = z.strictObject({
  report: z.boolean(),
  keepDays: z.number().min(0).max(365).nullable(),
});
export type MeasuringWish = z.infer<typeof measuringWishSchema>;

export const usualKeepDays = 7;
export function daysToMs(days: number): number {
  return Math.round(days * dayMs);
}

/** How a cron is measured now. */
export type CronMeasuring = MeasuringWish & {
  /** Whether reporting can be offered: only with CRONDECK_PUBLIC_URL. */
  readonly canReport: boolean;
  /** The user's own webhook, which gets every report as well. */
  readonly forwardTo: string | null;
  readonly measuredRuns: number;
};

/** A thread that will be deleted, or was kept after all. Instants are epoch ms. */
export type MeasuredThreadFate = {
  readonly threadId: ThreadId;
  readonly cronId: CronId;
  readonly deleteAtMs: number;
  readonly state: 'due' | 'deleted' | 'kept';
  readonly reason: string | null;
};

/** What measuring does for a deployment. */
export type MeasuringState = {
  readonly lastRoundMs: number | null;
  readonly problem: Problem | null;
  readonly measuredRuns: number;
  readonly canReport: boolean;
  /** Reports that came in, by what became of them: taken, replayed, forged, malformed, late, huge. */
  readonly reports: Readonly<Record<string, number>>;
  /** The threads that are deleted next, the first first. */
  readonly next: readonly MeasuredThreadFate[];
  readonly dueCount: number;
  readonly deletedCount: number;
  readonly keptAfterAll: readonly MeasuredThreadFate[];
};
