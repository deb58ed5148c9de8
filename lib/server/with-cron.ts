import 'server-only';
import type { CronId } from '@/lib/crons/ids';
import type { Problem, Result } from '@/lib/result';
import type { Deployment } from './deployment';
import { deploymentById } from './deployments';
import { readCronId } from './read-request';
import { respondProblem, respondResult } from './responses';

export type CronContext = {
  readonly params: Promise<{ readonly deployment: string; readonly cronId: string }>;
};

/** Reads deployment and cron from the address, does one thing with them and answers with its outcome. */
export async function withCron(
  { params }: CronContext,
  act: (deployment: Deployment, id: CronId) => Promise<Result<unknown, Problem>>,
): Promise<Response> {
  const { deployment, cronId } = await params;
  const found = deploymentById(deployment);
  if (!found.ok) return respondProblem(found.error);
  const id = readCronId(cronId);
  if (!id.ok) return respondProblem(id.error);
  return respondResult(await act(found.value, id.value));
}
