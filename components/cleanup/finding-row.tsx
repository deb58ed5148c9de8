'use client';
import Link from 'next/link';
import type { CleanupRow, EvidenceShown } from '@/lib/health/cleanup';
import type { FindingAction, FindingCode } from '@/lib/health/finding';
import { findingKinds } from '@/lib/health/finding-kinds';
import { formatCost } from '../cost/format-cost';
import { useDeployment } from '../shell/deployment-context';
import { useDisplayZone } from '../shell/preferences-context';
import { sectionPath } from '../shell/sections';
import { Checkbox } from '../ui/checkbox';
import { formatDate, formatGap, formatExact } from '../ui/format-instant';
import { formatCount } from '../ui/format-number';
import { LinkButton } from '../ui/link-button';

type FindingRowProps = {
  item: CleanupRow;
  code: FindingCode;
  isChosen: boolean;
  canChoose: boolean;
  onChoose: (on: boolean) => void;
};

const editing: ReadonlySet<FindingAction> = new Set([
  'edit-schedule',
  'edit-configuration',
  'replace-target',
  'enqueue-when-busy',
]);

/** One cron of a card: what is wrong with it, on what evidence, and the way to its own page. */
export function FindingRow({ item, code, isChosen, canChoose, onChoose }: FindingRowProps) {
  const { deploymentId } = useDeployment();
  const { row, title, evidence } = item;
  const canEdit = findingKinds[code].actions.some((action) => editing.has(action));
  return (
    <li className="flex items-start gap-3 border-b border-line px-4 py-2.5">
      {canChoose && (
        <span className="pt-0.5">
          <Checkbox checked={isChosen} label={`Include ${row.name}`} onChange={onChoose} />
        </span>
      )}
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-2">
          <Link
            href={sectionPath(deploymentId, 'crons', row.cronId)}
            prefetch={false}
            className="font-[550] wrap-anywhere hover:underline"
          >
            {row.name}
          </Link>
          <span className="text-sm text-ink-2">
            {row.words}, {row.assistant.gone ? 'assistant gone' : row.assistant.name}
          </span>
        </div>
        <p className="text-sm text-ink-2">{title}</p>
        {evidence.length > 0 && (
          <dl className="mt-0.5 flex flex-wrap gap-x-4 text-xs text-ink-2">
            {evidence.map((fact) => (
              <div key={fact.label} className="flex min-w-0 gap-1.5">
                <dt className="text-ink-3">{fact.label}:</dt>
                <dd className="min-w-0 wrap-anywhere">
                  <Fact fact={fact} />
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      <span
        className="num shrink-0 pt-px text-sm text-ink-2"
        title={row.cost.kind === 'known' ? row.cost.source : row.cost.reason}
      >
        {formatCost(row.cost)}
      </span>
      {canEdit && (
        <LinkButton
          tone="quiet"
          size="small"
          href={sectionPath(deploymentId, 'crons', row.cronId, 'edit')}
          aria-label={`Edit ${row.name}`}
        >
          Edit
        </LinkButton>
      )}
    </li>
  );
}

function Fact({ fact }: { fact: EvidenceShown }) {
  const zone = useDisplayZone();
  const { deploymentId } = useDeployment();
  switch (fact.kind) {
    case 'instant':
      return (
        <time dateTime={new Date(fact.atMs).toISOString()} title={formatExact(fact.atMs, zone)}>
          {formatDate(fact.atMs, zone)}
        </time>
      );
    case 'duration':
      return <>{formatGap(fact.ms)}</>;
    case 'count':
      return <span className="num">{formatCount(fact.count)}</span>;
    case 'text':
      return <span className="mono">{fact.text}</span>;
    case 'cron':
      return fact.name === null ? (
        <>no longer there</>
      ) : (
        <Link
          href={sectionPath(deploymentId, 'crons', fact.cronId)}
          prefetch={false}
          className="underline underline-offset-2"
        >
          {fact.name}
        </Link>
      );
  }
}
