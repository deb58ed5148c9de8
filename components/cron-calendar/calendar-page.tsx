'use client';
import { IgnoredNote } from '../cron-table/ignored-note';
import { useDisplayZone } from '../shell/preferences-context';
import { Skeleton } from '../ui/skeleton';
import { useNow } from '../ui/use-now';
import { CalendarControls } from './calendar-controls';
import { CalendarPicture } from './calendar-picture';
import { dayTextOf } from './calendar-span';
import { calendarFilterOf } from './calendar-url';
import { SubscribePanel } from './subscribe-panel';
import { useCalendarUrl } from './use-calendar-url';

const minuteMs = 60_000;

/** When crons run, as heat by hour: what ran up to now, what is planned from now on. A click tells which. */
export function CalendarPage() {
  const viewZone = useDisplayZone();
  const nowMs = useNow(minuteMs);
  const url = useCalendarUrl();
  return (
    <div className="mx-auto max-w-[1232px]">
      <h1 className="sr-only">Calendar</h1>
      <IgnoredNote names={url.ignored} />
      <CalendarControls url={url} today={nowMs === null ? null : dayTextOf(nowMs, viewZone)} />
      {nowMs === null ? (
        <Skeleton className="h-72 rounded-lg" />
      ) : (
        <>
          <CalendarPicture url={url} nowMs={nowMs} viewZone={viewZone} />
          <SubscribePanel filter={calendarFilterOf(url.state)} viewZone={viewZone} />
        </>
      )}
    </div>
  );
}
