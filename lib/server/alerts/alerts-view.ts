import type { AlertsView } from '@/lib/alerts/alerts-view';
import { wholeDeployment } from '@/lib/alerts/condition';
import type { Store } from '../store/open-store';
import { readAlerts, type AlertRow } from './alert-rows';
import { dashboardAddress } from './dashboard-address';
import { listDeliveries, showDelivery } from './deliveries';
import { listDestinations, showDestination } from './destinations';
import { mailConfig } from './mail';

const mostOpen = 100;
const mostDeliveries = 50;

/** Everything the page of alerts shows; no secret is in it. */
export async function readAlertsView(
  deployment: string,
  env: Readonly<Record<string, string | undefined>>,
  store: Store,
): Promise<AlertsView> {
  const [destinations, { alerts }, deliveries] = await Promise.all([
    listDestinations(deployment, store),
    readAlerts(deployment, store),
    listDeliveries(deployment, mostDeliveries, store),
  ]);
  const open = alerts.filter(({ closedMs }) => closedMs === null);
  const mail = mailConfig(env);
  return {
    destinations: destinations.map(showDestination),
    open: open.slice(-mostOpen).toReversed().map(showAlert),
    openCount: open.length,
    deliveries: deliveries.map(showDelivery),
    mail: mail.ok ? { ready: true, from: mail.value.from } : { ready: false, problem: mail.error },
    links: dashboardAddress(env),
  };
}

function showAlert({ rule, subject, name, why, sinceMs, isOpenTold }: AlertRow): AlertsView['open'][number] {
  const isCron = subject !== wholeDeployment && rule !== 'budget';
  return { rule, cronId: isCron ? subject : null, name, why, sinceMs, told: isOpenTold };
}
