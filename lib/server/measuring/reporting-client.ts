import type { JsonObject } from '@/lib/crons/cron';
import type { DeploymentId } from '@/lib/crons/ids';
import { reportMark } from '@/lib/crons/report-address';
import { err, ok, type Result } from '@/lib/result';
import type { DeploymentClient } from '../deployment-client';
import type { Store } from '../store/open-store';
import type { UpstreamProblem } from '../upstream-problem';
import { isForwardUrl } from './forward-report';
import { hookAddress } from './hook-address';

type Writes = Pick<DeploymentClient, 'createCron' | 'createThreadCron' | 'patchCron'>;

export type Reporting = {
  readonly deployment: DeploymentId;
  /** Null where servers cannot reach this dashboard. */
  readonly publicUrl: string | null;
  readonly openStore: () => Promise<Store | null>;
};

/** The same ways of writing, where a webhook that is only marked as Crondeck's becomes a signed address. */
export function reportingClient<Client extends Writes>(
  client: Client,
  reporting: Reporting,
): Client & Writes {
  const signed = async <T>(
    body: JsonObject,
    send: (body: JsonObject) => Promise<Result<T, UpstreamProblem>>,
  ): Promise<Result<T, UpstreamProblem>> => {
    const ready = await withAddress(body, reporting);
    return ready.ok ? send(ready.value) : ready;
  };
  return {
    ...client,
    createCron: (body) => signed(body, client.createCron),
    createThreadCron: (id, body) => signed(body, (ready) => client.createThreadCron(id, ready)),
    patchCron: (id, body) => signed(body, (ready) => client.patchCron(id, ready)),
  };
}

async function withAddress(
  body: JsonObject,
  { deployment, publicUrl, openStore }: Reporting,
): Promise<Result<JsonObject, UpstreamProblem>> {
  const { webhook } = body;
  if (typeof webhook !== 'string' || !webhook.startsWith(reportMark)) return ok(body);
  const own = webhook.slice(reportMark.length);
  if (publicUrl === null)
    return refuse(
      'runs cannot report to this dashboard, because it does not know the address servers reach it at.',
      'Set CRONDECK_PUBLIC_URL to that address and restart Crondeck, or switch reporting off.',
    );
  if (own !== '' && (!isForwardUrl(own) || own.length > 2_000))
    return refuse(
      'reports are not passed on to this address.',
      'Use an http or https address of at most 2,000 characters that is not this machine, or switch reporting off.',
    );
  const store = await openStore();
  if (store === null)
    return refuse('the store of Crondeck cannot be opened.', 'Look into its log, or switch reporting off.');
  const claims = { deployment, forwardTo: own === '' ? null : own };
  return ok({ ...body, webhook: await hookAddress(claims, publicUrl, store) });
}

function refuse(what: string, hint: string): Result<never, UpstreamProblem> {
  return err({ code: 'refused', message: `Webhook: ${what}`, hint });
}
