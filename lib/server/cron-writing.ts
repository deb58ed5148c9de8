import 'server-only';
import type { Capabilities, DeploymentInfo } from '@/lib/crons/deployment';
import type { Cron } from '@/lib/crons/cron';
import type { CronId } from '@/lib/crons/ids';
import { err, ok, type Problem, type Result } from '@/lib/result';
import type { WriteProblem } from '@/lib/crons/cron-written';
import { refusedField } from '@/lib/crons/refused-field';
import { openDashboard } from './dashboard';
import type { Deployment } from './deployment';
import type { DeploymentClient } from './deployment-client';
import { publicUrl } from './measuring/hook-address';
import { reportingClient } from './measuring/reporting-client';
import type { UpstreamProblem } from './upstream-problem';

/** What writing a cron needs to know about its deployment, and the only ways it reaches out. */
export type CronWriting = {
  readonly client: Pick<
    DeploymentClient,
    'createCron' | 'createThreadCron' | 'patchCron' | 'deleteCron' | 'searchCrons' | 'createThread'
  >;
  readonly capabilities: Capabilities;
  readonly reading: DeploymentInfo['reading'];
  readonly readCron: (id: CronId) => Promise<Result<Cron, UpstreamProblem>>;
  /** Told of every cron that is known to be stored or gone, so that lists show it at once. */
  readonly stored: (cron: Cron) => void;
  readonly removed: (id: CronId) => void;
  readonly now: () => number;
  readonly newId: () => string;
};

/** Everything writing needs, for a deployment that is ready. */
export async function cronWriting(deployment: Deployment): Promise<Result<CronWriting, Problem>> {
  const info = await deployment.info();
  if (info.state.kind === 'problem') return err(info.state.problem);
  const index = await deployment.index();
  if (!index.ok) return index;
  return ok({
    client: reportingClient(deployment.client, {
      deployment: deployment.config.id,
      publicUrl: publicUrl(process.env),
      openStore: async () => {
        const dashboard = await openDashboard();
        return dashboard.ok ? dashboard.value.deps.store : null;
      },
    }),
    capabilities: info.state.capabilities,
    reading: info.reading,
    readCron: (id) => deployment.readCron(id),
    stored: (cron) => index.value.applyUpsert(cron),
    removed: (id) => index.value.applyRemove(id),
    now: Date.now,
    newId: () => crypto.randomUUID(),
  });
}

/** A write that failed, with the HTTP status for the browser. */
export type FailedWrite = { readonly status: number; readonly problem: WriteProblem };

const statusOf: Readonly<Record<UpstreamProblem['code'], number>> = {
  unreachable: 502,
  timeout: 504,
  cancelled: 499,
  // Not 401: it is the deployment that refuses Crondeck's key, not Crondeck the person.
  unauthorised: 403,
  'not-found': 404,
  refused: 422,
  'rate-limited': 429,
  failing: 502,
  'unexpected-reply': 502,
};

/** Tells the browser why a deployment did not do it, tied to the field its text speaks about. */
export function failedUpstream(problem: UpstreamProblem): FailedWrite {
  const aboutTheCron = problem.code === 'refused' || problem.code === 'not-found';
  const field = aboutTheCron ? refusedField(problem.message) : null;
  const { retryAfterMs } = problem;
  return {
    status: problem.status === 409 ? 409 : statusOf[problem.code],
    problem: {
      code: problem.code,
      message: problem.message,
      hint: problem.hint,
      ...(field && { field }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    },
  };
}

/** Whether the request may have taken effect although no good answer came. */
export function mayHaveHappened(problem: UpstreamProblem): boolean {
  return ['timeout', 'unreachable', 'failing', 'unexpected-reply'].includes(problem.code);
}
