'use client';
import { clsx } from 'clsx';
import Link from 'next/link';
import type { CronRow } from '@/lib/crons/cron-list';
import { severityLooks, shortFinding, urgentFinding } from '../findings/finding-words';
import { sectionPath } from '../shell/sections';
import { Mark } from '../ui/mark';
import { statusLooks } from './status-look';
import { useTableContext } from './table-context';
import { TwoLines } from './two-lines';

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
    <TwoLines>
      <span className="clip text-ink-2">{assistant.name}</span>
      {graph && <span className="mono clip text-ink-3">{graph}</span>}
    </TwoLines>
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

export function StatusCell({ row }: CellProps) {
  const { word, text } = statusLooks[row.status.code];
  return (
    <span className={clsx('clip block', text ?? 'text-ink-2')} title={row.status.reason}>
      {word}
    </span>
  );
}
