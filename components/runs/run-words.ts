import { isFailed, isOpen, type LedgerRun } from '@/lib/crons/run';
import { formatGap } from '../ui/format-instant';
import { runLooks } from './run-looks';

const minuteMs = 60_000;

/** How long it took, takes or waits so far. `nowMs` is on the deployment's clock. */
export function durationText(
  run: Pick<LedgerRun, 'status' | 'startedMs' | 'endedMs'>,
  nowMs: number,
): string {
  const { status, startedMs, endedMs } = run;
  if (startedMs === null) return '';
  const untilMs = endedMs ?? (isOpen(status) ? nowMs : null);
  if (untilMs === null) return '';
  const ms = Math.max(0, untilMs - startedMs);
  if (ms < 1_000 && endedMs !== null) return `${ms} ms`;
  const seconds = Math.floor((ms % minuteMs) / 1_000);
  const isShort = ms >= minuteMs && ms < 10 * minuteMs;
  return isShort && seconds > 0 ? `${formatGap(ms)} ${seconds} s` : formatGap(ms);
}

const punctualMs = 1_000;

/** How late it began, in words; null where it was not due, or began in time. */
export function latenessText({
  scheduledMs,
  startedMs,
}: Pick<LedgerRun, 'scheduledMs' | 'startedMs'>): string | null {
  if (scheduledMs === null || startedMs === null || startedMs - scheduledMs < punctualMs) return null;
  return `${formatGap(startedMs - scheduledMs)} late`;
}

/** What a row says of a run: its error, its answer, or why there is neither. Foreign text in it is plain text. */
export function runText(run: LedgerRun): string {
  if (run.error !== null) return run.error;
  // What stands in its thread is what it began with: the answer is still to come.
  if (run.status === 'interrupted') return 'stopped to ask somebody';
  if (run.output !== null) return run.output;
  switch (run.status) {
    case 'unknown':
      return run.source === 'inferred'
        ? 'its next date moved on, but no run was seen'
        : 'its thread holds no run of it: it was skipped, or removed since';
    case 'vanished':
      return 'it or its thread was deleted before its end was seen';
    case 'skipped':
      return 'no run was started';
    case 'not-started':
      return 'the server refused to start it';
    case 'cancelled':
      return 'its cron was deleted first';
    case 'pending':
      return run.runId === null ? '' : 'has not begun yet';
    case 'running':
    case 'success':
    case 'error':
    case 'timeout':
      return '';
  }
}

/** "28 ok, 1 failed, 1 not known": what a strip shows, in words. */
export function summaryText(runs: readonly Pick<LedgerRun, 'status'>[]): string {
  const counts = new Map<string, number>();
  for (const { status } of runs) {
    const word = isFailed(status) ? 'failed' : isOpen(status) ? 'open' : runLooks[status].word.toLowerCase();
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
}
