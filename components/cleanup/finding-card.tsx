'use client';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { CronAction } from '@/lib/crons/cron-action';
import { plainFilter, type CronSelection } from '@/lib/crons/cron-list';
import type { CleanupCard } from '@/lib/health/cleanup';
import type { FindingAction } from '@/lib/health/finding';
import { cleanupQuery } from '@/lib/query/cleanup-queries';
import { formatSum, isKnown } from '../cost/format-cost';
import { severityLooks } from '../findings/finding-words';
import { BulkDialog } from '../jobs/bulk-dialog';
import type { Bulk } from '../jobs/use-bulk';
import { useDeployment } from '../shell/deployment-context';
import { sectionPath } from '../shell/sections';
import { Button } from '../ui/button';
import { formatCount, plural } from '../ui/format-number';
import { LinkButton } from '../ui/link-button';
import { Mark } from '../ui/mark';
import { FindingRow } from './finding-row';

type Kind = CronAction['kind'];

/** What can be done to all crons of a card at once, and how it is called. Anything else is done to each on its own page. */
const together: Partial<Record<FindingAction, { readonly kind: Kind; readonly label: string }>> = {
  pause: { kind: 'pause', label: 'Pause' },
  resume: { kind: 'resume', label: 'Resume' },
  delete: { kind: 'delete', label: 'Delete' },
  'clear-end-date': { kind: 'set-end', label: 'Change end date' },
  'set-name-and-owner': { kind: 'add-metadata', label: 'Add an owner' },
};
const page = 50;

type FindingCardProps = { card: CleanupCard; currency: string; bulk: Bulk };

/** One kind of finding: how many, what it costs, why it matters, which crons, and what to do about those that are ticked. */
export function FindingCard({ card, currency, bulk }: FindingCardProps) {
  const { deploymentId, capabilities } = useDeployment();
  const heading = useId();
  const [shown, setShown] = useState(card.rows.length);
  const { data } = useQuery({
    ...cleanupQuery(deploymentId, { code: card.code, limit: Math.min(shown, 200) }),
    enabled: shown > card.rows.length,
  });
  const [except, setExcept] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<Kind | null>(null);
  const rows = data?.cards[0]?.rows ?? card.rows;
  // What was left out and is not on the card any more counts no longer.
  const left = rows.filter(({ row }) => except.has(row.cronId)).length;
  const chosen = card.crons - left;
  const selection: CronSelection = {
    kind: 'matching',
    filter: { ...plainFilter, finding: [card.code] },
    except: [...except],
  };
  const toggle = (cronId: string, on: boolean) => {
    const next = new Set(except);
    if (on) next.delete(cronId);
    else next.add(cronId);
    setExcept(next);
  };
  const can = (kind: Kind) =>
    kind === 'delete' ||
    (kind === 'pause' || kind === 'resume' ? capabilities?.enabled : capabilities?.patch) === true;
  const actions = card.actions
    .flatMap((action) => together[action] ?? [])
    .filter(({ kind }) => can(kind))
    .toSorted((a, b) => Number(a.kind === 'delete') - Number(b.kind === 'delete'));
  return (
    <section aria-labelledby={heading} className="mb-4 rounded-lg border border-line bg-card">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b border-line px-4 py-3">
        <div className="min-w-0 flex-1">
          <h2 id={heading} className="flex items-center gap-2 text-lg font-semibold">
            <Mark
              shape={severityLooks[card.severity].shape}
              label={`${severityLooks[card.severity].word}:`}
            />
            {card.heading}
            <span className="num font-normal text-ink-2">{formatCount(card.crons)}</span>
          </h2>
          <p className="mt-0.5 max-w-[76ch] text-ink-2">{card.whyItMatters}</p>
        </div>
        <div className="num text-right whitespace-nowrap max-md:text-left">
          <span className="block font-semibold">
            {isKnown(card.sum) ? `${formatSum(card.sum, currency)} a month` : 'cost not known'}
          </span>
          <span className="text-xs text-ink-2">{plural(card.sum.runsAMonth, 'run')} a month</span>
        </div>
      </div>
      <ul>
        {rows.map((item) => (
          <FindingRow
            key={item.row.cronId}
            item={item}
            code={card.code}
            isChosen={!except.has(item.row.cronId)}
            onChoose={(on) => toggle(item.row.cronId, on)}
            canChoose={actions.length > 0}
          />
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-2 px-4 py-2.5 empty:hidden">
        {rows.length < card.crons && rows.length < 200 && (
          <Button tone="quiet" size="small" onClick={() => setShown(rows.length + page)}>
            Show {formatCount(Math.min(page, card.crons - rows.length))} more
          </Button>
        )}
        {card.crons > 1 && (
          <LinkButton
            tone="quiet"
            size="small"
            href={`${sectionPath(deploymentId, 'crons')}?finding=${card.code}`}
          >
            Show in the table
          </LinkButton>
        )}
        {actions.map(({ kind, label }, place) => (
          <Button
            key={kind}
            size="small"
            className={place === 0 ? 'ml-auto' : undefined}
            tone={kind === 'delete' ? 'danger-plain' : 'plain'}
            disabled={chosen <= 0}
            onClick={() => setAsked(kind)}
          >
            {label} {formatCount(chosen)}
          </Button>
        ))}
        {card.actions.includes('check-deployment') && (
          <LinkButton size="small" href={sectionPath(deploymentId, 'settings')}>
            Check the deployment
          </LinkButton>
        )}
      </div>
      {asked !== null && (
        <BulkDialog
          kind={asked}
          selection={selection}
          bulk={bulk}
          canPause={can('pause')}
          onClose={() => setAsked(null)}
          onStart={() => setExcept(new Set())}
        />
      )}
    </section>
  );
}
