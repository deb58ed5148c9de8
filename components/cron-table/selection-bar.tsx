'use client';
import { CalendarOff, Globe, Tag, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CronAction } from '@/lib/crons/cron-action';
import type { CostSum } from '@/lib/crons/cron-cost';
import { Button } from '../ui/button';
import { formatSum, isKnown } from '../cost/format-cost';
import { formatCount, plural } from '../ui/format-number';
import { IconButton } from '../ui/icon-button';
import { Menu, MenuItem } from '../ui/menu';

export type AskedAction = CronAction['kind'];

type SelectionBarProps = {
  count: number;
  matching: number;
  sum: CostSum;
  currency: string;
  canPause: boolean;
  /** Null where the server cannot change a cron in place. */
  canChange: { readonly zone: boolean } | null;
  onSelectAll: () => void;
  onClear: () => void;
  onAction: (kind: AskedAction) => void;
};

/** What is selected, what it amounts to, and what can be done with all of it. */
export function SelectionBar(props: SelectionBarProps) {
  const { count, matching, sum, currency, canPause, canChange, onAction } = props;
  return (
    <Bar>
      <span>
        <strong className="num font-semibold">{formatCount(count)} selected</strong>
        {count < matching && (
          <>
            <span className="text-ink-2"> of {formatCount(matching)} that match, </span>
            <button
              type="button"
              onClick={props.onSelectAll}
              className="rounded-sm text-accent hover:underline"
            >
              select all {formatCount(matching)}
            </button>
          </>
        )}
      </span>
      <Separator />
      <span className="num text-ink-2">
        {plural(sum.runsAMonth, 'run')} a month, {isKnown(sum) ? formatSum(sum, currency) : 'cost not known'}
      </span>
      <Separator />
      <span className="flex flex-wrap gap-2">
        {canPause && (
          <>
            <Button size="small" onClick={() => onAction('pause')}>
              Pause
            </Button>
            <Button size="small" onClick={() => onAction('resume')}>
              Resume
            </Button>
          </>
        )}
        {canChange && (
          <Menu align="center" trigger={<Button size="small">More</Button>}>
            <MenuItem icon={<CalendarOff />} onSelect={() => onAction('set-end')}>
              Set an end date
            </MenuItem>
            {canChange.zone && (
              <MenuItem icon={<Globe />} onSelect={() => onAction('set-zone')}>
                Set the time zone
              </MenuItem>
            )}
            <MenuItem icon={<Tag />} onSelect={() => onAction('add-metadata')}>
              Add metadata
            </MenuItem>
          </Menu>
        )}
        <Button size="small" tone="danger-plain" onClick={() => onAction('delete')}>
          Delete
        </Button>
      </span>
      <IconButton label="Deselect all" size="small" onClick={props.onClear}>
        <X className="size-4" />
      </IconButton>
    </Bar>
  );
}

function Separator() {
  return <span aria-hidden className="h-5 w-px bg-line max-md:hidden" />;
}

function Bar({ children }: { children: ReactNode }) {
  return (
    <section
      aria-label="Selection"
      className="popup fixed bottom-4 left-1/2 z-30 flex w-max max-w-[calc(100vw-16px)] -translate-x-1/2 flex-wrap items-center gap-x-3.5 gap-y-2 rounded-xl py-2.5 pr-3 pl-[18px] max-md:bottom-[62px] max-md:w-[calc(100vw-16px)]"
    >
      {children}
    </section>
  );
}
