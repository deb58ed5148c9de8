import { CronExpressionParser } from 'cron-parser';
import { figure, percentile } from '@/e2e/bench/figures';
import { plainFilter } from '@/lib/crons/cron-list';
import { runsBetween } from '@/lib/schedule/next-runs';
import type { CronIndex } from '../../cron-index/cron-index';
import { hourOf } from '../hour-starts';
import { everySlot, slotsOf } from '../matching-crons';
import { plannedCalendar } from '../planned-calendar';
import { nowMs, rounds, sampleOf, starts, timed, window } from './bench-month';

function counted(index: CronIndex, filter = { ...plainFilter, cron: null }) {
  return plannedCalendar({ index, slots: slotsOf(index, filter, nowMs), nowMs }, window);
}

type Walk = (slot: number, visit: (runMs: number) => void) => void;

/** Both ways of visiting every run: with our own search, and with the library most programs use. */
function walks({ set: { columns, schedules } }: CronIndex): { readonly own: Walk; readonly library: Walk } {
  const entryOf = (slot: number) => schedules.at(columns.schedule[slot] as number);
  const endOf = (slot: number) => {
    const endMs = columns.endMs[slot] as number;
    return endMs < window.to ? endMs : window.to;
  };
  return {
    own: (slot, visit) => {
      const { parsed, zone } = entryOf(slot);
      if (parsed !== null) for (const run of runsBetween(parsed, zone, window.from, endOf(slot))) visit(run);
    },
    library: (slot, visit) => {
      const { schedule, zone } = entryOf(slot);
      const runs = CronExpressionParser.parse(schedule, { currentDate: new Date(window.from - 1), tz: zone });
      for (let run = runs.next().getTime(); run < endOf(slot); run = runs.next().getTime()) visit(run);
    },
  };
}

function walkedHours(slots: readonly number[], walk: Walk): number[] {
  const hours = starts.map(() => 0);
  for (const slot of slots) {
    walk(slot, (runMs) => {
      const hour = hourOf(starts, runMs);
      hours[hour] = (hours[hour] ?? 0) + 1;
    });
  }
  return hours;
}

/** Counting the month against walking through it, by our own search and by the library most programs use. */
export async function countingFigures(index: CronIndex): Promise<void> {
  const sample = sampleOf(index);
  const { own, library } = walks(index);
  const live = everySlot(index.set).filter((slot) => index.set.isLive(slot)).length;
  const scale = live / sample.length;
  const took: number[] = [];
  const ownTook: number[] = [];
  const libraryTook: number[] = [];
  const overlaid: number[] = [];
  // The first count after new prices prices every cron.
  counted(index);
  // In turn, so that all of them meet the same machine.
  for (let round = 0; round < rounds; round += 1) {
    took.push(timed(() => counted(index)).ms);
    overlaid.push(timed(() => counted(index, { ...plainFilter, q: 'invoice', cron: null })).ms);
    // Once each: walking takes long enough to be measured once.
    if (round > 0) continue;
    ownTook.push(timed(() => walkedHours(sample, own)).ms * scale);
    libraryTook.push(timed(() => walkedHours(sample, library)).ms * scale);
  }
  const whole = counted(index);
  figure('calendar-runs-in-month', whole.planned.runs, 'runs');
  figure('calendar-counted-p50', percentile(took, 0.5), 'ms');
  figure('calendar-counted-p95', percentile(took, 0.95), 'ms', '<= 500');
  figure('calendar-counted-filter-p50', percentile(overlaid, 0.5), 'ms');
  figure('calendar-walked-own-scaled', percentile(ownTook, 0.5), 'ms');
  figure('calendar-walked-cron-parser-scaled', percentile(libraryTook, 0.5), 'ms');
  figure(
    'calendar-counted-times-faster',
    percentile(libraryTook, 0.5) / percentile(took, 0.5),
    'x',
    '>= 100',
  );

  const hours = plannedCalendar({ index, slots: sample, nowMs }, window).hours.map(({ planned }) => planned);
  const differing = walkedHours(sample, own).filter((runs, hour) => runs !== hours[hour]).length;
  figure('calendar-hours-compared', hours.length, 'hours');
  figure('calendar-hours-differing-from-walk', differing, 'hours', '<= 0');
}
