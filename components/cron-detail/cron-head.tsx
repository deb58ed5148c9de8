'use client';
import { CalendarDays, Copy, Ellipsis } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { CronRow } from '@/lib/crons/cron-list';
import { calendarPath } from '../cron-calendar/calendar-path';
import { Relative } from '../cron-table/moment';
import { severityLooks, shortFinding, urgentFinding } from '../findings/finding-words';
import { statusLooks } from '../cron-table/status-look';
import type { useCronActions } from '../cron-table/use-cron-actions';
import { useDeployment } from '../shell/deployment-context';
import { sectionPath } from '../shell/sections';
import { Button } from '../ui/button';
import { LinkButton } from '../ui/link-button';
import { Mark } from '../ui/mark';
import { Menu, MenuItem } from '../ui/menu';

type CronHeadProps = {
  row: CronRow;
  actions: ReturnType<typeof useCronActions>;
  /** It no longer exists: nothing can be done with it. */
  isGone: boolean;
  onDelete: () => void;
};

export function CronHead({ row, actions, isGone, onDelete }: CronHeadProps) {
  const { deploymentId } = useDeployment();
  const { word, shape } = statusLooks[row.status.code];
  const finding = row.status.code === 'active' ? urgentFinding(row.findings) : null;
  const list = sectionPath(deploymentId, 'crons');
  return (
    <header className="mb-5">
      <nav aria-label="Breadcrumb" className="clip text-ink-3">
        <Link href={list} className="hover:text-ink hover:underline">
          Crons
        </Link>{' '}
        / {row.name}
      </nav>
      <div className="mt-1.5 flex items-start gap-6 max-md:flex-col max-md:gap-3">
        <div className="min-w-0 flex-1">
          <h1 className="text-4xl font-[550] tracking-[-.02em] wrap-anywhere max-md:text-2xl">{row.words}</h1>
          <p className="mt-1.5 text-ink-2 wrap-anywhere">
            <strong className="font-[550] text-ink">{row.name}</strong>, <Where row={row} list={list} />{' '}
            <span className="mono whitespace-nowrap text-ink-3">
              {row.schedule} {row.zone}
            </span>
          </p>
          <p className="mt-1.5 flex items-center gap-[7px] text-ink-2">
            <Mark shape={finding === null ? shape : severityLooks[finding.severity].shape} />
            <span className="num">
              {word}
              {finding !== null && `, ${shortFinding(finding)}`}
              {row.status.code === 'active' && row.nextRunMs !== null && (
                <>
                  , next run <Relative atMs={row.nextRunMs} />
                </>
              )}
            </span>
          </p>
        </div>
        {!isGone && <Actions row={row} actions={actions} onDelete={onDelete} />}
      </div>
    </header>
  );
}

function Filter({
  list,
  name,
  value,
  children,
}: {
  list: string;
  name: string;
  value: string;
  children: ReactNode;
}) {
  return (
    <Link
      href={`${list}?${new URLSearchParams({ [name]: value })}`}
      className="underline decoration-line-strong underline-offset-3 hover:decoration-accent"
    >
      {children}
    </Link>
  );
}

function Where({ row: { assistant, target }, list }: { row: CronRow; list: string }) {
  return (
    <>
      {assistant.gone ? (
        <span className="text-bad">its assistant is gone</span>
      ) : (
        <Filter list={list} name="assistant" value={assistant.id}>
          {assistant.name}
        </Filter>
      )}
      {target.kind === 'new-thread' ? (
        ' on a new thread each run'
      ) : target.gone ? (
        <span className="text-bad"> on a thread that is gone</span>
      ) : (
        <>
          {' '}
          on thread{' '}
          <Filter list={list} name="thread" value={target.threadId}>
            {target.name}
          </Filter>
        </>
      )}
    </>
  );
}

function Actions({ row, actions, onDelete }: Pick<CronHeadProps, 'row' | 'actions' | 'onDelete'>) {
  const { deploymentId, capabilities } = useDeployment();
  const page = sectionPath(deploymentId, 'crons', row.cronId);
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => actions.run(row)} busy={actions.isStarting}>
        Run once
      </Button>
      {capabilities?.enabled && row.status.code !== 'ended' && (
        <Button
          onClick={() => (row.enabled ? actions.pause(row) : actions.resume(row))}
          busy={actions.isBusy}
        >
          {row.enabled ? 'Pause' : 'Resume'}
        </Button>
      )}
      <LinkButton href={`${page}/edit`}>Edit</LinkButton>
      <Button tone="danger-plain" onClick={onDelete}>
        Delete
      </Button>
      <Menu
        align="end"
        trigger={
          <Button aria-label="More actions" className="px-2">
            <Ellipsis aria-hidden className="size-4" />
          </Button>
        }
      >
        <MenuItem href={`${sectionPath(deploymentId, 'crons', 'new')}?from=${row.cronId}`} icon={<Copy />}>
          Duplicate, paused
        </MenuItem>
        <MenuItem href={calendarPath(deploymentId, { cron: row.cronId })} icon={<CalendarDays />}>
          Show in the calendar
        </MenuItem>
      </Menu>
    </div>
  );
}
