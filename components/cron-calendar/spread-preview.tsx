'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CalendarFilter, CalendarWindow, SpreadPlan } from '@/lib/crons/cron-calendar';
import { spreadPlanQuery } from '@/lib/query/calendar-queries';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { formatClock } from '../ui/format-instant';
import { formatCount, plural } from '../ui/format-number';
import { Panel } from '../ui/panel';

type SpreadPreviewProps = { deploymentId: string; filter: CalendarFilter; window: CalendarWindow };

function said(plan: SpreadPlan, at: string): string {
  const before = plan.before[0] ?? 0;
  const peak = Math.max(...plan.after);
  if (plan.moves.length === 0)
    return `${plural(before, 'run')} begin at ${at}. They cannot be spread by moving a minute.`;
  const last = Math.max(...plan.moves.map((move) => move.minutesLater));
  return `${plural(before, 'run')} begin at exactly ${at}. Moving ${plural(plan.moves.length, 'cron')} by up to ${plural(last, 'minute')} would bring the busiest minute from ${formatCount(before)} to ${formatCount(peak)}; no cron would run on another day.`;
}

/** How the busiest minute could be levelled. A proposal: each cron is changed on its own page, nothing happens here. */
export function SpreadPreview({ deploymentId, filter, window }: SpreadPreviewProps) {
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery(spreadPlanQuery(deploymentId, filter, window));
  const at = formatClock(window.from, window.viewZone);
  if (!data) return null;
  return (
    <Panel title="Spread them">
      <p className="text-ink-2">{said(data, at)}</p>
      {data.fixed > 0 && (
        <p className="mt-2 text-sm text-ink-2">
          {plural(data.fixed, 'cron')} of this minute stay: they have more than one minute in the hour.
        </p>
      )}
      {data.moves.length > 0 && (
        <Button className="mt-3" onClick={() => setOpen(true)}>
          Preview the change
        </Button>
      )}
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        size="large"
        title={`Spread the crons of ${at}`}
        description="A preview: nothing is changed. Open a cron to move it."
      >
        <Minutes plan={data} viewZone={window.viewZone} />
        <ul className="scroll-quiet mt-4 max-h-[45vh] divide-y divide-line overflow-y-auto border-t border-line">
          {data.moves.map(({ row, minutesLater, schedule }) => (
            <li key={row.cronId} className="flex flex-wrap items-baseline gap-x-4 py-1.5">
              <span className="clip min-w-0 flex-1 font-medium">{row.name}</span>
              <span className="font-mono text-sm text-ink-2">
                {row.schedule} <span aria-label="becomes">→</span> {schedule}
              </span>
              <span className="num w-24 text-right text-sm text-ink-2">
                {plural(minutesLater, 'minute')} later
              </span>
            </li>
          ))}
        </ul>
      </Dialog>
    </Panel>
  );
}

/** Runs of each minute now and after the moves, as two rows of bars. */
function Minutes({ plan, viewZone }: { plan: SpreadPlan; viewZone: string }) {
  const most = Math.max(1, ...plan.before);
  return (
    <div className="grid gap-3">
      {(['before', 'after'] as const).map((which) => (
        <div key={which}>
          <span className="text-xs text-ink-2">{which === 'before' ? 'Today' : 'After the moves'}</span>
          <p className="sr-only">
            {plan[which]
              .map((runs, minute) => `${formatClock(plan.startMs + minute * 60_000, viewZone)} ${runs}`)
              .join(', ')}
          </p>
          <div aria-hidden className="flex h-14 items-end gap-0.5">
            {plan[which].map((runs, minute) => (
              <span
                key={plan.startMs + minute}
                className={
                  which === 'before' && minute === 0
                    ? 'flex-1 rounded-t-xs bg-warn-fill'
                    : 'flex-1 rounded-t-xs bg-accent'
                }
                style={{ height: `${Math.max(3, (runs / most) * 100)}%` }}
              />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
