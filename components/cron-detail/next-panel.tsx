'use client';
import type { CronRow } from '@/lib/crons/cron-list';
import { RunList } from '../cron-builder/run-list';
import { Moment, Relative } from '../cron-table/moment';
import { useDisplayZone } from '../shell/preferences-context';
import { zoneCity } from '../ui/format-instant';
import { Note } from '../ui/note';
import { Panel } from '../ui/panel';
import { useNow } from '../ui/use-now';
import { upcoming } from './upcoming';

/** The server's own next run, and what follows by the schedule. */
export function NextPanel({ row, secondsFirst }: { row: CronRow; secondsFirst: boolean }) {
  // To the second: by an older clock the date of a cron due every few seconds looks like one of another schedule.
  const nowMs = useNow(1_000);
  const zone = useDisplayZone();
  const isOff = !row.enabled || row.status.code === 'ended';
  if (nowMs === null) return <Panel title="Next">…</Panel>;
  const { runs, doubt } = upcoming(row, secondsFirst, nowMs);
  return (
    <Panel title="Next" aside={`${zoneCity(row.zone)} time`}>
      {isOff ? (
        <p className="text-ink-2">
          {row.enabled ? 'It has ended and does not run any more.' : 'Paused. If it ran, it would run at:'}
        </p>
      ) : (
        <dl className="num mb-2 flex items-baseline gap-4">
          <dt className="flex-1">Server says</dt>
          <dd className="text-right font-[550]">
            {row.nextRunMs === null ? (
              'no date'
            ) : (
              <>
                <Moment atMs={row.nextRunMs} zone={row.zone} ownZone={zone} />,{' '}
                <Relative atMs={row.nextRunMs} />
              </>
            )}
          </dd>
        </dl>
      )}
      {!isOff && doubt && (
        <Note tone="warn" className="mb-3">
          {doubt}
        </Note>
      )}
      {runs.length > 0 && row.status.code !== 'ended' && (
        <div className="mt-2">
          <RunList runs={runs} zone={row.zone} viewerZone={zone} nowMs={nowMs} />
        </div>
      )}
      {runs.length === 0 && !isOff && (
        <p className="text-sm text-ink-2">
          Nothing further can be worked out here: after this, only the server knows.
        </p>
      )}
    </Panel>
  );
}
