'use client';
import { clsx } from 'clsx';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { CronRow } from '@/lib/crons/cron-list';
import { severityLooks, shortFinding, urgentFinding } from '../findings/finding-words';
import { sectionPath } from '../shell/sections';
import { formatCost } from '../cost/format-cost';
import { formatDate, zoneCity } from '../ui/format-instant';
import { formatRate } from '../ui/format-number';
import { isFailed, runLooks } from '../runs/run-looks';
import { Mark } from '../ui/mark';
import { Moment, Relative } from './moment';
import { Ruler } from './ruler';
import { statusLooks, statusShort } from './status-look';
import { useTableContext } from './table-context';

type CellProps = { row: CronRow };

export function StatusMark({ row }: CellProps) {
  const { word, shape } = statusLooks[row.status.code];
  const finding = row.status.code === 'active' ? urgentFinding(row.findings) : null;
  const reason = finding?.title ?? row.status.reason;
  return (
    <span title={`${word}. ${reason}`} className="inline-grid place-items-center">
      <Mark
        shape={finding === null ? shape : severityLooks[finding.severity].shape}
        label={finding === null ? `${word}:` : `${word}, ${shortFinding(finding)}:`}
      />
    </span>
  );
}

export function NameCell({ row }: CellProps) {
  const { deploymentId, isCompact } = useTableContext();
  const gone = row.assistant.gone;
  return (
    <div className="grid min-w-0 grid-cols-[10px_minmax(0,1fr)] items-center gap-x-[7px]">
      <StatusMark row={row} />
      <Link
        href={sectionPath(deploymentId, 'crons', row.cronId)}
        prefetch={false}
        data-row-link
        title={row.name}
        className={clsx(
          'clip rounded-sm font-[550] tracking-[-.005em] hover:underline',
          !row.named && 'text-ink-2 italic',
        )}
      >
        {row.name}
      </Link>
      {!isCompact && (
        <span className={clsx('clip col-start-2 text-xs', gone ? 'text-bad' : 'text-ink-2')}>
          {gone ? 'assistant gone' : row.assistant.name}
        </span>
      )}
    </div>
  );
}

export function AssistantCell({ row }: CellProps) {
  const { assistant } = row;
  if (assistant.gone) return <span className="text-bad">gone</span>;
  const graph = assistant.graphId !== null && assistant.graphId !== assistant.name ? assistant.graphId : null;
  return (
    <Two>
      <span className="clip text-ink-2">{assistant.name}</span>
      {graph && <span className="mono clip text-ink-3">{graph}</span>}
    </Two>
  );
}

export function ScheduleCell({ row }: CellProps) {
  return (
    <Two>
      <span className="clip" title={row.words}>
        {row.words}
      </span>
      <span className="clip text-ink-2" title={row.zone}>
        <span className="mono">{row.schedule}</span>{' '}
        <span className="text-xs text-ink-3">{zoneCity(row.zone)}</span>
      </span>
    </Two>
  );
}

const newThread = {
  delete: { text: 'New, deleted', title: 'A new thread each run, deleted with everything in it' },
  keep: { text: 'New, kept', title: 'A new thread each run, kept' },
  measure: { text: 'New, until measured', title: 'A new thread each run, kept until it is measured' },
} as const;

export function ThreadCell({ row }: CellProps) {
  const { target } = row;
  if (target.kind === 'new-thread') {
    const words = newThread[target.untilMeasured ? 'measure' : target.afterRun];
    return (
      <span className="clip block text-ink-2" title={words.title}>
        {words.text}
      </span>
    );
  }
  return target.gone ? (
    <span className="text-bad">gone</span>
  ) : (
    <span className="clip block text-ink-2" title={target.name}>
      {target.name}
    </span>
  );
}

export function RulerCell({ row }: CellProps) {
  const { axis, secondsFirst } = useTableContext();
  const off = !row.enabled || row.status.code === 'ended';
  return (
    <Ruler
      axis={axis}
      off={off}
      schedule={row.schedule}
      zone={row.zone}
      endMs={off ? null : row.endMs}
      secondsFirst={secondsFirst}
    />
  );
}

export function LastRunCell({ row: { lastRun } }: CellProps) {
  const { zone } = useTableContext();
  if (lastRun === null) return <span className="text-ink-3">not known</span>;
  const { word, shape } = runLooks[lastRun.status];
  return (
    <Two>
      <span className="flex items-center gap-[7px]">
        <Mark shape={shape} />
        <span className={clsx('clip', isFailed(lastRun.status) && 'text-bad')}>{word}</span>
      </span>
      <span className="clip text-xs text-ink-2">
        <Moment atMs={lastRun.atMs} zone={zone} />
      </span>
    </Two>
  );
}

export function NextRunCell({ row }: CellProps) {
  const { zone } = useTableContext();
  const { code, reason } = row.status;
  const finding = urgentFinding(row.findings);
  if (code === 'paused' || code === 'ended') {
    return (
      <Two>
        <span className="text-ink-2">{code}</span>
        {code === 'paused' && finding && <FindingLine finding={finding} />}
        {code === 'ended' && row.endMs !== null && (
          <span className="clip text-xs text-ink-2">
            {formatDate(row.endMs, zone)}, <Relative atMs={row.endMs} />
          </span>
        )}
      </Two>
    );
  }
  return (
    <Two>
      <span className="clip">
        {row.nextRunMs === null ? 'none' : <Moment atMs={row.nextRunMs} zone={zone} ownZone={row.zone} />}
      </span>
      {finding ? (
        <FindingLine finding={finding} />
      ) : (
        <span
          className={clsx('clip text-xs', statusLooks[code].text ?? 'text-ink-2')}
          title={code === 'active' ? undefined : reason}
        >
          {code !== 'active'
            ? statusShort[code]
            : row.nextRunMs !== null && <Relative atMs={row.nextRunMs} />}
        </span>
      )}
    </Two>
  );
}

function FindingLine({ finding }: { finding: CronRow['findings'][number] }) {
  return (
    <span className={clsx('clip text-xs', severityLooks[finding.severity].text)} title={finding.title}>
      {shortFinding(finding)}
    </span>
  );
}

export function CostCell({ row: { cost } }: CellProps) {
  const unknown = cost.kind === 'unknown';
  return (
    <span
      title={unknown ? cost.reason : cost.source}
      className={clsx(unknown ? 'text-ink-3' : cost.growth !== null && 'text-warn')}
    >
      {formatCost(cost)}
    </span>
  );
}

export function RateCell({ row }: CellProps) {
  const off = !row.enabled || row.status.code === 'ended';
  return <span className="text-ink-2">{off ? '0' : formatRate(row.runsADay)}</span>;
}

export function StatusCell({ row }: CellProps) {
  const { word, text } = statusLooks[row.status.code];
  return (
    <span className={clsx('clip block', text ?? 'text-ink-2')} title={row.status.reason}>
      {word}
    </span>
  );
}

export function DateCell({ atMs, none }: { atMs: number | null; none: string }) {
  const { zone } = useTableContext();
  if (atMs === null) return <span className="text-ink-3">{none}</span>;
  return (
    <Two>
      <span className="clip text-ink-2">{formatDate(atMs, zone)}</span>
      <span className="clip text-xs text-ink-3">
        <Relative atMs={atMs} />
      </span>
    </Two>
  );
}

export function TextCell({ text, none }: { text: string | null; none: string }) {
  return (
    <span className={clsx('clip block', text === null ? 'text-ink-3' : 'text-ink-2')}>{text ?? none}</span>
  );
}

/** Two lines; the second gives way where rows are low. */
function Two({ children }: { children: ReactNode }) {
  const { isCompact } = useTableContext();
  return (
    <span className={clsx('flex min-w-0 flex-col', isCompact && '[&>:nth-child(2)]:hidden')}>{children}</span>
  );
}
