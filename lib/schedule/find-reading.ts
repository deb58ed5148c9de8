import { verdict, type CronEvidence, type Reading } from '@/lib/schedule/verdict';

/** How a deployment reads six- and seven-field schedules, judged by its crons' own dates. */
export type FoundReading =
  /** Every date that could be checked fits. `certain`: the other reading does not fit. */
  | {
      readonly kind: 'explained';
      readonly reading: Reading;
      readonly certain: boolean;
      readonly checked: number;
    }
  /** No known reading fits all dates. `differing`: positions of the crons that the best one leaves unexplained. */
  | {
      readonly kind: 'unexplained';
      readonly best: Reading;
      readonly differing: readonly number[];
      readonly checked: number;
    };

/**
 * The reading that explains every next run date of a deployment's crons, or none. With nothing to tell them apart it is
 * the Agent Server's own, seconds last. Paused crons and crons without a date say nothing and are passed over.
 */
export function findReading(crons: readonly CronEvidence[]): FoundReading {
  const last = judge(crons, 'seconds-last');
  const first = judge(crons, 'seconds-first');
  const best = first.differing.length < last.differing.length ? first : last;
  const other = best === first ? last : first;
  const { reading, differing, checked } = best;
  if (differing.length > 0) return { kind: 'unexplained', best: reading, differing, checked };
  return { kind: 'explained', reading, certain: other.differing.length > 0, checked };
}

function judge(
  crons: readonly CronEvidence[],
  reading: Reading,
): { reading: Reading; differing: readonly number[]; checked: number } {
  const differing: number[] = [];
  let checked = 0;
  for (const [index, cron] of crons.entries()) {
    // Only whether the date is a run at all matters here, so any moment will do for now.
    const { kind } = verdict({ ...cron, reading, now: cron.createdAt });
    if (kind === 'unknown') continue;
    checked += 1;
    if (kind === 'differs') differing.push(index);
  }
  return { reading, differing, checked };
}
