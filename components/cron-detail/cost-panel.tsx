'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { fromMicros } from '@/lib/cost/receipt';
import type { CostGrowth, CronCost } from '@/lib/crons/cron-cost';
import type { CronRow } from '@/lib/crons/cron-list';
import { formatAmount, formatCost } from '../cost/format-cost';
import { useDeployment } from '../shell/deployment-context';
import { useDisplayZone } from '../shell/preferences-context';
import { sectionPath } from '../shell/sections';
import { formatDate } from '../ui/format-instant';
import { formatCount, plural } from '../ui/format-number';
import { Panel } from '../ui/panel';

type Known = Extract<CronCost, { kind: 'known' }>;

/** What a run and the next 30 days cost, where that comes from and how far to trust it. */
export function CostPanel({ row: { cost, runsAMonth } }: { row: CronRow }) {
  const { deploymentId } = useDeployment();
  if (cost.kind === 'unknown') {
    return (
      <Panel title="Cost">
        <p className="text-ink-2">
          {cost.reason}{' '}
          <Link href={sectionPath(deploymentId, 'settings')} className="text-accent underline">
            Prices and costs by hand
          </Link>
        </p>
      </Panel>
    );
  }
  const { perRun, currency, atLeast } = cost;
  return (
    <Panel title="Cost">
      <dl className="num grid gap-[7px]">
        {perRun !== null && (
          <Line label={cost.growth === null ? 'a run' : 'a run, so far'}>
            {atLeast ? '≥ ' : ''}
            {formatAmount(perRun, currency)}
          </Line>
        )}
        <Line label={`next 30 days${runsAMonth === null ? '' : `, ${plural(runsAMonth, 'run')}`}`} isSum>
          {formatCost(cost)}
        </Line>
        {cost.growth !== null && <Growth cost={cost} growth={cost.growth} />}
      </dl>
      <p className="mt-2.5 text-sm text-ink-2">{cost.source}</p>
    </Panel>
  );
}

/** A fixed thread makes every run dearer than the one before. */
function Growth({ cost, growth }: { cost: Known; growth: CostGrowth }) {
  const zone = useDisplayZone();
  const { addedTokens, fullAtMs, newThreadsMicros } = growth;
  return (
    <>
      <Line label="each run adds">{formatCount(Math.round(addedTokens))} tokens</Line>
      {fullAtMs !== null && <Line label="the model’s context is full">{formatDate(fullAtMs, zone)}</Line>}
      {newThreadsMicros !== null && (
        <Line label="with a new thread each run">
          {formatAmount(fromMicros(newThreadsMicros), cost.currency)}
        </Line>
      )}
    </>
  );
}

function Line({ label, isSum, children }: { label: string; isSum?: boolean; children: ReactNode }) {
  return (
    <div className="flex items-baseline gap-4">
      <dt className="flex-1 text-ink-2">{label}</dt>
      <dd className={isSum ? 'text-right font-[550]' : 'text-right'}>{children}</dd>
    </div>
  );
}
