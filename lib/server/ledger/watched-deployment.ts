import 'server-only';
import { err, ok, type Problem, type Result } from '@/lib/result';
import type { Deployment } from '../deployment';
import type { Watched } from './observer';

/** A configured deployment as the observer sees it; a problem where it cannot be asked now. */
export async function watchedDeployment(deployment: Deployment): Promise<Result<Watched, Problem>> {
  const info = await deployment.info();
  if (info.state.kind === 'problem') return err(info.state.problem);
  const index = await deployment.quietIndex();
  if (!index.ok) return index;
  return ok({
    index: index.value,
    client: deployment.client,
    capabilities: info.state.capabilities,
    revision: deployment.revision(),
    clockOffsetMs: deployment.clock.offsetMs(),
  });
}
