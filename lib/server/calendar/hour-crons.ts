import 'server-only';
import { costOfRuns } from '@/lib/cost/project-cost';
import type {
  CalendarCrons,
  CalendarFilter,
  CalendarMeasure,
  CalendarWindow,
} from '@/lib/crons/cron-calendar';
import { ok, type Problem, type Result } from '@/lib/result';
import { countRuns } from '@/lib/schedule/count-runs';
import { nextRun } from '@/lib/schedule/next-runs';
import type { CronIndex } from '../cron-index/cron-index';
import type { CronSet } from '../cron-index/cron-set';
import type { Deployment } from '../deployment';
import { liveSlots } from './calendar-loads';
import { matchingCrons } from './matching-crons';

const cronsShown = 200;

type Span = { readonly from: number; readonly to: number };

/** Runs of one cron in the window, up to its end date; null where there are none, or nobody can say. */
export function runsOf(
  set: CronSet,
  slot: number,
  { from, to }: Span,
): { runs: number; firstMs: number } | null {
  const { parsed, zone } = set.schedules.at(set.columns.schedule[slot] as number);
  if (parsed === null || parsed.kind === 'random') return null;
  const endMs = set.columns.endMs[slot] as number;
  const runs = countRuns(parsed, zone, from, endMs < to ? endMs : to);
  const firstMs = runs > 0 ? nextRun(parsed, zone, from - 1) : null;
  return firstMs === null ? null : { runs, firstMs };
}

/** What these runs of a cron are expected to cost, in millionths; null where that is not known. */
function microsOf(
  { insight: { costs } }: CronIndex,
  slot: number,
  from: number,
  runs: number,
): number | null {
  const subject = costs.subjectOf(slot);
  const before =
    subject.growth === null || subject.schedule === null
      ? 0
      : countRuns(subject.schedule, subject.zone, Math.min(costs.countedFromMs, from), from);
  const cost = costOfRuns(subject, before, runs);
  return cost === null ? null : Math.round(cost * 1_000_000);
}

/** Which crons run in what is left of the window, those with most runs first, or the dearest. */
export async function calendarCrons(
  deployment: Deployment,
  filter: CalendarFilter,
  window: CalendarWindow,
  measure: CalendarMeasure,
): Promise<Result<CalendarCrons, Problem>> {
  const matching = await matchingCrons(deployment, filter);
  if (!matching.ok) return matching;
  const { index, slots, nowMs } = matching.value;
  const span = { from: Math.max(window.from, nowMs), to: window.to };
  const found = liveSlots(index.set, slots, span).flatMap((slot) => {
    const of = runsOf(index.set, slot, span);
    return of === null ? [] : [{ slot, ...of, micros: microsOf(index, slot, span.from, of.runs) }];
  });
  const dearest = (cron: { readonly micros: number | null }) =>
    measure === 'cost' ? (cron.micros ?? -1) : 0;
  const first = found
    .toSorted((a, b) => dearest(b) - dearest(a) || b.runs - a.runs || a.firstMs - b.firstMs)
    .slice(0, cronsShown);
  return ok({
    rows: first.map(({ slot, ...cron }) => ({ row: index.set.rowOf(slot, Date.now()), ...cron })),
    crons: found.length,
    runs: found.reduce((sum, cron) => sum + cron.runs, 0),
    currency: index.insight.costs.currency,
  });
}
