import type { CronCalendar } from '@/lib/crons/cron-calendar';
import { formatExact } from '../ui/format-instant';
import { plural } from '../ui/format-number';
import { Note } from '../ui/note';
import { Progress } from '../ui/progress';

type NotesProps = {
  data: CronCalendar;
  viewZone: string;
  isOverlay: boolean;
};

/** What the picture does not show, and why. */
export function CalendarNotes({ data, viewZone, isOverlay }: NotesProps) {
  const { unknown, watchedSinceMs, filling } = data;
  const [first] = data.hours;
  const hasPast = first?.past !== undefined && first.past !== null;
  const beganLater = hasPast && (watchedSinceMs === null || watchedSinceMs > first.startMs);
  return (
    <>
      {filling && (
        <Note className="mt-3" title="The crons are still being read: the picture fills by itself.">
          <Progress label="Crons read" done={filling.loaded} total={filling.expected} />
        </Note>
      )}
      {unknown > 0 && (
        <p className="mt-2 text-sm text-ink-2">
          {plural(unknown, 'cron')} not shown: the schedule is random or cannot be read, so only the server
          knows when.
        </p>
      )}
      {beganLater && (
        <p className="mt-2 text-sm text-ink-2">
          {watchedSinceMs === null
            ? 'Runs are not watched yet: what ran before is not known.'
            : `Runs are watched since ${formatExact(watchedSinceMs, viewZone)}. Of the time before, only what a source still remembered is shown.`}
        </p>
      )}
      {hasPast && isOverlay && (
        <p className="mt-2 text-sm text-ink-2">
          Runs of crons that were deleted since are in the line of all crons alone.
        </p>
      )}
    </>
  );
}
