import 'server-only';
import type { CronList, CronQuery } from '@/lib/crons/cron-list';
import { ok, type Problem, type Result } from '@/lib/result';
import type { Deployment } from './deployment';
import { knownIndex } from './insight/known-index';

/** How long the first window waits for the first page of a new index: longer than most deployments need for one. */
const firstRowsMs = 1_500;

/** One window of the table from the index of the deployment, whatever state that is in. */
export async function listCrons(
  deployment: Deployment,
  query: CronQuery,
): Promise<Result<CronList, Problem>> {
  const index = await knownIndex(deployment);
  if (!index.ok) return index;
  await index.value.ready(firstRowsMs, query.q);
  const answer = index.value.queries.run(query, Date.now());
  index.value.show(answer.rows);
  return ok({ deploymentId: deployment.config.id, ...answer, snapshot: index.value.state });
}
