'use client';
import { clsx } from 'clsx';
import type { CronRow } from '@/lib/crons/cron-list';
import { severityLooks, shortFinding, urgentFinding } from '../findings/finding-words';
import { formatDate, zoneCity } from '../ui/format-instant';
import { isFailed } from '@/lib/crons/run';
import { runLooks } from '../runs/run-looks';
import { Mark } from '../ui/mark';
import { Moment, Relative } from './moment';
import { Ruler } from './ruler';
import { statusLooks, statusShort } from './status-look';
import { useTableContext } from './table-context';
import { TwoLines } from './two-lines';

type CellProps = { row: CronRow };

export function ScheduleCell({ row }: CellProps) {
  return (
    <TwoLines>
      <span className="clip" title={row.words}>
        {row.words}
      </span>
      <span className="clip text-ink-2" title={row.zone}>
        <span className="mono">{row.schedule}</span>{' '}
        <span className="text-xs text-ink-3">{zoneCity(row.zone)}</span>
      </span>
    </TwoLines>
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
    <TwoLines>
      <span className="flex items-center gap-[7px]">
        <Mark shape={shape} />
        <span className={clsx('clip', isFailed(lastRun.status) && 'text-bad')}>{word}</span>
      </span>
      <span className="clip text-xs text-ink-2">
        <Moment atMs={lastRun.atMs} zone={zone} />
      </span>
    </TwoLines>
  );
}

export function NextRunCell({ row }: CellProps) {
  const { zone } = useTableContext();
  const { code, reason } = row.status;
  const finding = urgentFinding(row.findings);
  if (code === 'paused' || code === 'ended') {
    return (
      <TwoLines>
        <span className="text-ink-2">{code}</span>
        {code === 'paused' && finding && <FindingLine finding={finding} />}
        {code === 'ended' && row.endMs !== null && (
          <span className="clip text-xs text-ink-2">
            {formatDate(row.endMs, zone)}, <Relative atMs={row.endMs} />
          </span>
        )}
      </TwoLines>
    );
  }
  return (
    <TwoLines>
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
    </TwoLines>
  );
}

function FindingLine({ finding }: { finding: CronRow['findings'][number] }) {
  return (
    <span className={clsx('clip text-xs', severityLooks[finding.severity].text)} title={finding.title}>
      {shortFinding(finding)}
    </span>
  );
}
