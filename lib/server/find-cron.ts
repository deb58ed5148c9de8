import 'server-only';
import type { Cron } from '@/lib/crons/cron';
import type { Capabilities } from '@/lib/crons/deployment';
import type { CronId } from '@/lib/crons/ids';
import { parseCron } from '@/lib/crons/parse-cron';
import { err, ok } from '@/lib/result';
import type { Answer, DeploymentClient } from './deployment-client';

const pageSize = 1000;
const mostPages = 200;

export type CronFinding = {
  readonly client: Pick<DeploymentClient, 'getCron' | 'searchCrons'>;
  readonly capabilities: Pick<Capabilities, 'getCron'>;
};

/**
 * A cron as the deployment has it now. Servers that cannot show a single one are searched page by page: their search
 * has no filter by id, so knowing the assistant makes it shorter.
 */
export async function findCron(
  id: CronId,
  { client, capabilities }: CronFinding,
  assistantId: string | null = null,
): Answer<Cron> {
  if (capabilities.getCron) {
    const cron = await client.getCron(id);
    if (cron.ok || cron.error.status !== 405) return cron;
  }
  return searchForCron(id, client, assistantId);
}

async function searchForCron(
  id: CronId,
  client: CronFinding['client'],
  assistantId: string | null,
): Answer<Cron> {
  for (let page = 0; page < mostPages; page += 1) {
    const filter = assistantId === null ? {} : { assistant_id: assistantId };
    const reply = await client.searchCrons({
      ...filter,
      limit: pageSize,
      offset: page * pageSize,
      sort_by: 'created_at',
      sort_order: 'asc',
    });
    if (!reply.ok) return reply;
    const wire = reply.value.find(
      (item) => typeof item === 'object' && item !== null && 'cron_id' in item && item.cron_id === id,
    );
    const cron = wire === undefined ? null : parseCron(wire);
    if (cron?.ok) return ok(cron.value);
    if (reply.value.length < pageSize) break;
  }
  return err({
    code: 'not-found',
    status: 404,
    message: 'The deployment does not have this cron.',
    hint: 'It may have been deleted elsewhere: reload to see what is there now.',
  });
}
