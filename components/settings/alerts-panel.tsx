'use client';
import { useQuery } from '@tanstack/react-query';
import { alertsQuery } from '@/lib/query/alert-queries';
import { useDeployment } from '../shell/deployment-context';
import { sectionPath } from '../shell/sections';
import { plural } from '../ui/format-number';
import { LinkButton } from '../ui/link-button';
import { Panel } from '../ui/panel';

/** Whether anybody is told when something is wrong, and the way to the page that says who and about what. */
export function AlertsPanel() {
  const { deploymentId, info } = useDeployment();
  const { data } = useQuery(alertsQuery(deploymentId));
  const count = data?.destinations.length ?? 0;
  const failed = data?.deliveries[0]?.state === 'failed';
  return (
    <Panel title={`Alerts of ${info?.name ?? deploymentId}`}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-ink-2">
          {data === undefined
            ? 'Who is told when a cron fails, is overdue, or nothing runs at all.'
            : count === 0
              ? 'Nobody is told yet when a cron fails, is overdue, or nothing runs at all.'
              : `${plural(count, 'destination is', 'destinations are')} told. ${plural(data.openCount, 'alert is', 'alerts are')} open.`}
          {failed && ' The last message did not get through.'}
        </p>
        <LinkButton href={sectionPath(deploymentId, 'settings', 'alerts')} size="small">
          {count === 0 ? 'Set up alerts' : 'Open alerts'}
        </LinkButton>
      </div>
    </Panel>
  );
}
