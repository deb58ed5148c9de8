import 'server-only';
import type { Deployment } from '../deployment';
import type { MeasuringTarget } from './measuring-target';

/** A deployment as measuring sees it; null until all its crons are known, since nothing is concluded from half of them. */
export async function deploymentMeasuring(
  deployment: Deployment,
  nowMs: number,
): Promise<MeasuringTarget | null> {
  const found = await deployment.quietIndex();
  if (!found.ok) return null;
  const index = found.value;
  if (index.state.filling !== null || index.state.asOfMs === null) return null;
  const { server } = await deployment.info();
  const { assistants, threads } = index.set;
  return {
    deployment: deployment.config.id,
    client: deployment.client,
    hasEngine: server?.kind === 'crondeck-engine',
    cron: (id) => {
      const row = index.queries.row(id, nowMs);
      return row === null ? null : { assistantId: row.assistant.id, target: row.target };
    },
    readCron: (id) => deployment.readCron(id),
    isCronThread: (id) => threads.numberOf(id) !== undefined,
    isCronAssistant: (id) => assistants.numberOf(id) !== undefined,
  };
}
