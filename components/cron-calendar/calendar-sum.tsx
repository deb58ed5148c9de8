import type { CalendarMeasure, CronCalendar, PastCounts } from '@/lib/crons/cron-calendar';
import { formatSum } from '../cost/format-cost';
import { formatCount, plural } from '../ui/format-number';
import { joinedPast } from './calendar-span';
import { costWords, pastWords, ranOf } from './hour-words';

/** All hours of the picture that have begun, together; null where none has. */
function pastOf({ hours }: CronCalendar) {
  return hours.reduce<ReturnType<typeof joinedPast>>((sum, { past }) => joinedPast(sum, past), null);
}

function ranText(past: PastCounts): string {
  const ran = ranOf(past);
  return ran === 0 ? 'Nothing ran so far' : `${formatCount(ran)} ran: ${pastWords(past)}`;
}

/** What is planned in the picture, and what it costs: "1,240 runs of 88 crons planned, about $61". */
export function plannedTitle(data: CronCalendar, measure: CalendarMeasure): string {
  const { runs, micros, uncosted, atLeast } = data.planned;
  const planned = `${plural(runs, 'run')} of ${plural(data.crons, 'cron')} planned`;
  if (measure === 'count' || runs === 0) return planned;
  if (uncosted >= runs) return `${planned}, cost unknown`;
  const amount = formatSum({ monthMicros: micros, unknown: 0, atLeast }, data.currency);
  return `${planned}, ${amount}${uncosted > 0 ? `; ${plural(uncosted, 'run')} of unknown cost not in it` : ''}`;
}

/** What has run in the picture, in words; nothing where all of it lies ahead. */
export function PastSum({ data, measure }: { data: CronCalendar; measure: CalendarMeasure }) {
  const past = pastOf(data);
  if (past === null) return null;
  const ran = ranOf(past);
  return (
    <p className="mt-3 text-ink-2">
      {ranText(past)}
      {measure === 'cost' && ran > 0 && `. Measured: ${costWords(past.cost, ran, data.currency)}`}.
    </p>
  );
}
