import { figure, percentile } from '@/e2e/bench/figures';
import type { CronIndex } from '../../cron-index/cron-index';
import { feedText } from '../../feeds/feed-text';
import { planFeed } from '../../feeds/plan-feed';
import { everySlot } from '../matching-crons';
import { nowMs, rounds, timed } from './bench-month';

/** One feed of all crons. */
export function feedFigures(index: CronIndex): void {
  const took: number[] = [];
  const subject = {
    set: index.set,
    feed: { feedId: 'bench', name: 'Bench', zone: 'Europe/Berlin' },
    deployment: 'bench',
    base: 'http://localhost',
  };
  let bytes = 0;
  for (let round = 0; round < rounds; round += 1) {
    const made = timed(() =>
      feedText(planFeed(index.set, everySlot(index.set), 'Europe/Berlin', nowMs), subject),
    );
    took.push(made.ms);
    bytes = made.value.length;
  }
  figure('calendar-feed-p50', percentile(took, 0.5), 'ms');
  figure('calendar-feed-p95', percentile(took, 0.95), 'ms', '<= 1000');
  figure('calendar-feed-size', bytes / 1_000, 'kB');
}
