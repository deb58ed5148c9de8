import { LRUCache } from 'lru-cache';
import { nextRun } from '@/lib/schedule/next-runs';
import { parseSchedule, type Schedule } from '@/lib/schedule/parse-schedule';

export type NextOccurrence =
  | { readonly kind: 'at'; readonly ms: number }
  | { readonly kind: 'never' }
  | { readonly kind: 'unreadable' };

/** Thousands of crons share a few hundred schedules; parsing one costs more than finding its next run. */
const parsed = new LRUCache<string, Schedule>({ max: 5000 });

/** The first occurrence strictly after `afterMs`, read as the Agent Server reads it. A missing zone means UTC. */
export function nextOccurrence(schedule: string, zone: string | null, afterMs: number): NextOccurrence {
  let readable = parsed.get(schedule);
  if (readable === undefined) {
    const result = parseSchedule(schedule);
    if (!result.ok) return { kind: 'unreadable' };
    readable = result.value;
    parsed.set(schedule, readable);
  }
  const ms = nextRun(readable, zone ?? 'UTC', afterMs);
  return ms === null ? { kind: 'never' } : { kind: 'at', ms };
}
