import { dashboardHealth } from '@/lib/server/dashboard-health';
import { respond } from '@/lib/server/responses';

export const dynamic = 'force-dynamic';

/** { ok, store, deployments: { id: state } }: 200 while this dashboard can do its work, else 503. Deployments do not count. */
export async function GET(): Promise<Response> {
  const health = await dashboardHealth();
  return respond(health, health.ok ? 200 : 503);
}
