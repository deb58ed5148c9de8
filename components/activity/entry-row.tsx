'use client';
import { useMutation } from '@tanstack/react-query';
import { ChevronRight, Undo2 } from 'lucide-react';
import { clsx } from 'clsx';
import { useId, useState } from 'react';
import type { ActivityEntry } from '@/lib/crons/activity';
import { continueJobMutation } from '@/lib/query/bulk-queries';
import { problemOf } from '@/lib/query/problem-of';
import { restWords } from '../jobs/job-words';
import { useUndo } from '../jobs/use-undo';
import { useDeployment } from '../shell/deployment-context';
import { useDisplayZone } from '../shell/preferences-context';
import { Button } from '../ui/button';
import { formatClock, formatExact } from '../ui/format-instant';
import { formatCount, plural } from '../ui/format-number';
import { Mark } from '../ui/mark';
import { toast } from '../ui/toast';
import { entryMark, entryTitle, stateLabels } from './activity-words';
import { EntryDetail } from './entry-detail';

/** One thing that was done: what, to what, how it went; opens to each of its crons, and can be taken back. */
export function EntryRow({ entry }: { entry: ActivityEntry }) {
  const { deploymentId } = useDeployment();
  const zone = useDisplayZone();
  const undo = useUndo();
  const panel = useId();
  const [isOpen, setIsOpen] = useState(false);
  const goOn = useMutation({
    ...continueJobMutation(deploymentId),
    onError: (error) => toast.problem(problemOf(error)),
  });
  const { counts, state, undoable, createdMs } = entry;
  const over = counts.done + counts.unchanged + counts.failed + counts.cancelled;
  const rest =
    state === 'running' ? `${formatCount(over)} of ${formatCount(counts.total)} so far.` : restWords(entry);
  return (
    <li className="border-b border-line last:border-0">
      <div className="flex items-center gap-3 px-3.5 py-2">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={panel}
          onClick={() => setIsOpen((before) => !before)}
          className="flex min-w-0 flex-1 items-center gap-2.5 rounded-md py-0.5 text-left"
        >
          <ChevronRight
            aria-hidden
            className={clsx('size-4 shrink-0 text-ink-3 transition-transform', isOpen && 'rotate-90')}
          />
          <Mark shape={entryMark(entry)} label={`${stateLabels[state]}:`} />
          <span className="min-w-0 flex-1">
            <span className="block wrap-anywhere">
              <span className="font-[550]">{entryTitle(entry)}</span> <span>{entry.subject}</span>
            </span>
            {(rest || entry.problem) && (
              <span className={clsx('block text-xs', entry.problem ? 'text-bad' : 'text-ink-2')}>
                {entry.problem ? `${entry.problem.message} ` : ''}
                {rest}
              </span>
            )}
          </span>
        </button>
        <time
          dateTime={new Date(createdMs).toISOString()}
          title={formatExact(createdMs, zone)}
          className="num shrink-0 text-sm text-ink-2"
        >
          {formatClock(createdMs, zone)}
        </time>
        {state === 'stopped' && (
          <Button size="small" busy={goOn.isPending} onClick={() => goOn.mutate(entry.entryId)}>
            Continue
          </Button>
        )}
        {undoable > 0 && (
          <Button
            size="small"
            icon={<Undo2 aria-hidden className="size-3.5" />}
            aria-label={`${entry.kind === 'delete' ? 'Restore' : 'Undo'}: ${entryTitle(entry)} ${entry.subject}`}
            onClick={() => undo(entry)}
          >
            {entry.kind === 'delete' ? 'Restore' : 'Undo'}
            {counts.total > 1 && ` ${plural(undoable, 'cron').split(' ')[0]}`}
          </Button>
        )}
      </div>
      <div id={panel}>{isOpen && <EntryDetail entry={entry} />}</div>
    </li>
  );
}
