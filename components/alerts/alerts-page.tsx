'use client';
import { useQuery } from '@tanstack/react-query';
import { ChevronLeft } from 'lucide-react';
import Link from 'next/link';
import type { AlertsView } from '@/lib/alerts/alerts-view';
import { untoldRules } from '@/lib/alerts/untold-rules';
import { alertsQuery } from '@/lib/query/alert-queries';
import { problemOf } from '@/lib/query/problem-of';
import { useDeployment } from '../shell/deployment-context';
import { sectionPath } from '../shell/sections';
import { ErrorState } from '../ui/error-state';
import { plural } from '../ui/format-number';
import { Note } from '../ui/note';
import { Skeleton } from '../ui/skeleton';
import { AlertSettingsPanels } from './alert-settings-panels';
import { DeliveryLog } from './delivery-log';
import { DestinationsPanel } from './destinations-panel';
import { OpenAlerts } from './open-alerts';

/** Who is told when something is wrong with this deployment, about what, and what was sent. */
export function AlertsPage() {
  const { deploymentId, info } = useDeployment();
  const { data, error, refetch, isFetching } = useQuery(alertsQuery(deploymentId));
  const problem = error && !data ? problemOf(error) : null;
  return (
    <div className="mx-auto max-w-[860px]">
      <Link
        href={sectionPath(deploymentId, 'settings')}
        className="mb-1 inline-flex items-center gap-1 text-sm text-ink-2 hover:text-ink"
      >
        <ChevronLeft aria-hidden className="size-3.5" /> Settings
      </Link>
      <div className="mb-4">
        <h1 className="text-3xl font-semibold tracking-[-.02em]">Alerts</h1>
        <p className="mt-1 text-ink-2">
          {data ? summary(data, info?.name ?? deploymentId) : 'Who is told when something is wrong.'}
        </p>
      </div>
      {problem && (
        <ErrorState title={problem.message} onRetry={() => void refetch()} retrying={isFetching}>
          {problem.hint}
        </ErrorState>
      )}
      {!data && !problem && <Skeleton className="h-48" />}
      {data && (
        <>
          {data.links.onlyHere && data.destinations.length > 0 && (
            <Note tone="warn" className="mb-4" title="Links in messages only work on this machine.">
              They lead to {data.links.base}. Set CRONDECK_PUBLIC_URL to the address under which your
              colleagues open Crondeck, then restart it.
            </Note>
          )}
          <DestinationsPanel view={data} />
          <OpenAlerts view={data} />
          <AlertSettingsPanels untold={untoldRules(data.destinations)} />
          <DeliveryLog deliveries={data.deliveries} />
        </>
      )}
    </div>
  );
}

function summary({ destinations, openCount }: AlertsView, name: string): string {
  if (destinations.length === 0)
    return `Nobody is told yet when something is wrong with ${name}. Add where messages should go.`;
  const told = `${plural(destinations.length, 'destination is', 'destinations are')} told when something is wrong with ${name}`;
  return openCount === 0
    ? `${told}. Nothing is.`
    : `${told}. ${plural(openCount, 'alert is', 'alerts are')} open.`;
}
