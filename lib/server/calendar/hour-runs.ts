import 'server-only';
import type { CalendarFilter, CalendarWindow } from '@/lib/crons/cron-calendar';
import type { RunList } from '@/lib/crons/run';
import { runQuerySchema } from '@/lib/crons/run-query';
import type { Problem, Result } from '@/lib/result';
import { openDashboard } from '../dashboard';
import type { Deployment } from '../deployment';
import { runList } from '../ledger/cron-runs';
import { isPlain, matchingCrons } from './matching-crons';

const runsShown = 50;

/** What the ledger has of a stretch of the calendar, failures first; of all crons, or of those that match now. */
export async function hourRuns(
  deployment: Deployment,
  filter: CalendarFilter,
  { from, to }: CalendarWindow,
): Promise<Result<RunList, Problem>> {
  const matching = await matchingCrons(deployment, filter);
  if (!matching.ok) return matching;
  const { index, slots } = matching.value;
  const dashboard = await openDashboard();
  if (!dashboard.ok) return dashboard;
  const cronIds = isPlain(filter) ? null : slots.map((slot) => index.set.columns.ids[slot] as string);
  const query = runQuerySchema.parse({ from, to, limit: runsShown });
  return runList({ deployment, dashboard: dashboard.value }, query, cronIds);
}
