import { openDashboard } from '@/lib/server/dashboard';
import { dashboardMetrics } from '@/lib/server/dashboard-metrics';
import { respondProblem } from '@/lib/server/responses';

export const dynamic = 'force-dynamic';

/** Prometheus text: crons by status and finding, runs, costs, age of what is known; for each deployment. */
export async function GET(): Promise<Response> {
  const dashboard = await openDashboard();
  if (!dashboard.ok) return respondProblem(dashboard.error);
  const { text, contentType } = await dashboardMetrics(dashboard.value);
  return new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } });
}
