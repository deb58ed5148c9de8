import 'server-only';
import type { Cron } from '@/lib/crons/cron';
import type { CronRow } from '@/lib/crons/cron-list';
import type { CronId } from '@/lib/crons/ids';
import { err, ok, type Problem, type Result } from '@/lib/result';
import { cronName } from '@/lib/crons/cron-name';
import { recordDone } from './activity/record-done';
import { ledgerProblem } from './ledger/ledger-problem';
import { recordStarted } from './ledger/record-started';
import { openDashboard } from './dashboard';
import type { Deployment } from './deployment';
import type { StartedRun } from './deployment-client';
import { knownIndex } from './insight/known-index';
import { runBodyOf } from './run-body';

export type CronPage = { readonly row: CronRow; readonly cron: Cron };

const gone: Problem = {
  code: 'gone',
  message: 'This cron is not there any more: it was deleted elsewhere.',
  hint: 'Go back to the list; nothing else was changed.',
};

async function applied(deployment: Deployment, cron: Cron): Promise<Result<CronPage, Problem>> {
  const index = await knownIndex(deployment);
  if (!index.ok) return index;
  index.value.applyUpsert(cron);
  const row = index.value.queries.row(cron.cronId, Date.now());
  return row ? ok({ row, cron }) : err(gone);
}

/** Takes a 404 about a cron over into the index: it is gone for everybody. */
async function asGone(deployment: Deployment, id: CronId, problem: Problem): Promise<Result<never, Problem>> {
  if (problem.code !== 'not-found') return err(problem);
  const index = await deployment.index();
  if (index.ok) index.value.applyRemove(id);
  return err(gone);
}

/** Reads one cron from the deployment itself, past the index, and brings the index up to date. */
export async function readCronPage(deployment: Deployment, id: CronId): Promise<Result<CronPage, Problem>> {
  const cron = await deployment.readCron(id);
  return cron.ok ? applied(deployment, cron.value) : asGone(deployment, id, cron.error);
}

/** Starts one run now with exactly what the cron would send; its schedule stays as it is. */
export async function runCronNow(deployment: Deployment, id: CronId): Promise<Result<StartedRun, Problem>> {
  const read = await deployment.readCron(id);
  if (!read.ok) return asGone(deployment, id, read.error);
  const cron = read.value;
  const body = runBodyOf(cron);
  const run =
    cron.target.kind === 'thread'
      ? await deployment.client.createThreadRun(cron.target.threadId, body)
      : await deployment.client.createRun(body);
  const dashboard = await openDashboard();
  if (run.ok && dashboard.ok) {
    const done = { cronId: id, before: null, after: run.value, name: cronName(cron).name };
    try {
      await recordDone('run', deployment.config.id, [done], dashboard.value.deps);
      await recordStarted(deployment, cron, run.value, dashboard.value);
    } catch (error) {
      const { hint } = ledgerProblem(error);
      const message = 'The run was started, but that could not be written down. Do not start it again.';
      return err({ code: 'ledger-not-written', message, hint });
    }
  }
  return run;
}
