'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import type { CronRow } from '@/lib/crons/cron-list';
import { fromMicros } from '@/lib/cost/receipt';
import { deleteCronMutation, pauseCronMutation } from '@/lib/query/cron-mutations';
import { problemOf } from '@/lib/query/problem-of';
import { useUndo } from '../jobs/use-undo';
import { useDisplayZone } from '../shell/preferences-context';
import { AlertDialog } from '../ui/alert-dialog';
import { Button } from '../ui/button';
import { formatAmount, formatCost } from '../cost/format-cost';
import { formatDate, formatMoment, formatRelative } from '../ui/format-instant';
import { formatCount, plural } from '../ui/format-number';
import { toast } from '../ui/toast';
import { useNow } from '../ui/use-now';
import { twinsQuery } from './find-twins';
import { lastDueRun } from './receipt-facts';
import { ReceiptLines, type ReceiptLine } from './receipt-lines';

type DeleteOneProps = {
  deploymentId: string;
  row: CronRow;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  canPause: boolean;
  secondsFirst: boolean;
  onDeleted?: () => void;
};

/** Shows what deleting one cron stops, and offers the milder way. */
export function DeleteOne(props: DeleteOneProps) {
  const { deploymentId, row, open, onOpenChange, canPause, onDeleted } = props;
  const keep = useRef<HTMLButtonElement>(null);
  const removing = useMutation(deleteCronMutation(deploymentId));
  const pausing = useMutation(pauseCronMutation(deploymentId));
  const undo = useUndo();
  const isBusy = removing.isPending || pausing.isPending;

  const remove = () =>
    removing.mutate(row.cronId, {
      onSuccess: ({ entryId }) => {
        onOpenChange(false);
        toast.done(`“${row.name}” is deleted`, {
          action: { label: 'Undo', onClick: () => undo({ entryId }) },
        });
        onDeleted?.();
      },
      onError: (error) => {
        const problem = problemOf(error);
        toast.problem({ message: `“${row.name}” was not deleted. ${problem.message}`, hint: problem.hint });
      },
    });
  const pause = () =>
    pausing.mutate(row.cronId, {
      onSuccess: () => {
        onOpenChange(false);
        toast.done(`“${row.name}” is paused`, { hint: 'Nothing was deleted.' });
      },
      onError: (error) => toast.problem(problemOf(error)),
    });

  return (
    <AlertDialog
      look="receipt"
      open={open}
      onOpenChange={(next) => !isBusy && onOpenChange(next)}
      initialFocus={keep}
      title={`Delete “${row.name}”?`}
      description={<What row={row} />}
      actions={
        <>
          <Button ref={keep} tone="quiet" onClick={() => onOpenChange(false)}>
            Keep it
          </Button>
          {canPause && row.enabled && row.status.code !== 'ended' && (
            <Button onClick={pause} busy={pausing.isPending}>
              Pause instead
            </Button>
          )}
          <Button tone="danger" onClick={remove} busy={removing.isPending}>
            Delete
          </Button>
        </>
      }
    >
      <Facts row={row} secondsFirst={props.secondsFirst} />
      <Others deploymentId={deploymentId} row={row} />
    </AlertDialog>
  );
}

function What({ row }: { row: CronRow }) {
  const zone = useDisplayZone();
  const where =
    row.target.kind === 'thread' ? `on the thread “${row.target.name}”` : 'on a new thread each run';
  const since = row.createdMs === null ? '' : `, since ${formatDate(row.createdMs, zone)}`;
  return (
    <p>
      {row.words}, {where}
      {since}.
    </p>
  );
}

function Facts({ row, secondsFirst }: { row: CronRow; secondsFirst: boolean }) {
  const nowMs = useNow(1_000);
  const zone = useDisplayZone();
  if (nowMs === null) return null;
  const last = lastDueRun(row, secondsFirst, nowMs);
  const runs = row.enabled && row.nextRunMs !== null && row.status.code !== 'ended';
  const lines: readonly ReceiptLine[] = [
    {
      label: 'runs stopped a month',
      value: row.runsAMonth === null ? 'not countable here' : formatCount(row.runsAMonth),
    },
    { label: 'last due', value: last === null ? 'not yet' : formatMoment(last, nowMs, zone) },
    {
      label: 'next run',
      value:
        runs && row.nextRunMs !== null
          ? `${formatMoment(row.nextRunMs, nowMs, zone)}, ${formatRelative(row.nextRunMs, nowMs)}`
          : row.status.code,
    },
    ...costLines(row),
  ];
  return (
    <>
      <ReceiptLines lines={lines} />
      {row.cost.kind === 'unknown' && <p className="mb-2 text-sm text-ink-2">{row.cost.reason}</p>}
    </>
  );
}

/** What a run costs and how that was learnt, whether it grows, and what is saved. */
function costLines({ cost }: CronRow): readonly ReceiptLine[] {
  if (cost.kind === 'unknown') return [{ label: 'saves a month', value: 'not known', isSum: true }];
  const { perRun, growth, monthMicros, currency, sample } = cost;
  const learnt = {
    'measured-own': `a run, measured (${plural(sample, 'run')})`,
    'measured-assistant': `a run, as measured for its assistant (${plural(sample, 'run')})`,
    'set-by-hand': 'a run, set by hand',
    'no-runs': 'a run',
  }[cost.from];
  return [
    ...(perRun === null ? [] : [{ label: learnt, value: formatAmount(perRun, currency) }]),
    ...(growth === null
      ? []
      : [{ label: 'each run adds', value: plural(Math.round(growth.addedTokens), 'token') }]),
    {
      label: 'saves a month',
      value: `${fromMicros(monthMicros) === 0 ? '' : 'about '}${formatCost(cost)}`,
      isSum: true,
    },
  ];
}

function Others({ deploymentId, row }: { deploymentId: string; row: CronRow }) {
  const { data: twins } = useQuery(twinsQuery(deploymentId, row));
  const names = twins?.slice(0, 2).map(({ name }) => `“${name}”`) ?? [];
  const more = (twins?.length ?? 0) - names.length;
  return (
    <>
      <p className="text-ink-2">
        {twins === undefined
          ? 'Looking for others that do the same…'
          : twins.length === 0
            ? 'Nothing else runs this assistant at these times.'
            : `The same assistant also runs at these times for ${names.join(' and ')}${more > 0 ? ` and ${plural(more, 'other')}` : ''}.`}
        {row.target.kind === 'thread' && ' The thread and its messages stay.'}
      </p>
      <p className="mt-2 text-xs text-ink-2">
        Deleting can be undone for 30 days: it comes back with a new id. Runs that have already begun go on to
        their end.
      </p>
    </>
  );
}
