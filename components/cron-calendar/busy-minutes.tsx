import type { CalendarFilter, CronCalendar } from '@/lib/crons/cron-calendar';
import { formatMoment } from '../ui/format-instant';
import { formatCount } from '../ui/format-number';
import { Panel } from '../ui/panel';
import { SpreadPreview } from './spread-preview';

const quarterMs = 15 * 60_000;

type BusyMinutesProps = {
  deploymentId: string;
  filter: CalendarFilter;
  busiest: CronCalendar['busiest'];
  nowMs: number;
  viewZone: string;
};

/** The minutes in which most runs begin, and how the first of them could be levelled. */
export function BusyMinutes({ deploymentId, filter, busiest, nowMs, viewZone }: BusyMinutesProps) {
  const [first] = busiest;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_340px] items-start gap-4 max-lg:grid-cols-1 max-lg:gap-0">
      <Panel title="Busiest minutes" flush>
        {busiest.length === 0 && (
          <p className="px-4 py-3.5 text-ink-2">No two runs begin in the same minute.</p>
        )}
        <ol aria-label="Busiest minutes" className="divide-y divide-line px-4">
          {busiest.map(({ startMs, runs }) => (
            <li key={startMs} className="flex justify-between py-2">
              <span>{formatMoment(startMs, nowMs, viewZone)}</span>
              <span className="num font-medium">{formatCount(runs)}</span>
            </li>
          ))}
        </ol>
      </Panel>
      {first && (
        <SpreadPreview
          deploymentId={deploymentId}
          filter={filter}
          window={{ from: first.startMs, to: first.startMs + quarterMs, viewZone }}
        />
      )}
    </div>
  );
}
