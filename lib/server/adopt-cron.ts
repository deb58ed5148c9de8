import 'server-only';
import { cronName } from '@/lib/crons/cron-name';
import type { CronId } from '@/lib/crons/ids';
import { ownIdKey } from '@/lib/crons/reserved-metadata';
import { err, ok, type Problem, type Result } from '@/lib/result';
import { recordDone } from './activity/record-done';
import { deploymentTarget } from './bulk/deployment-target';
import { readCronPage, type CronPage } from './cron-actions';
import { openDashboard } from './dashboard';
import type { Deployment } from './deployment';

/**
 * Writes the cron's own id into its metadata, which its runs and the threads they keep inherit: from then on they are found.
 * Nothing else about it changes. Threads that earlier runs left behind stay unfindable.
 */
export async function adoptCron(deployment: Deployment, id: CronId): Promise<Result<CronPage, Problem>> {
  const dashboard = await openDashboard();
  if (!dashboard.ok) return dashboard;
  const target = await deploymentTarget(deployment);
  if (!target.ok) return target;
  const { capabilities, mergesMetadata } = target.value;
  if (!capabilities.patch) {
    return err({
      code: 'unsupported',
      message: 'This server cannot change a cron in place.',
      hint: 'Replace it: a cron that is made here carries its id from the start.',
    });
  }
  const read = await deployment.readCron(id);
  if (!read.ok) return read;
  const before = read.value;
  if (before.metadata[ownIdKey] === id) return readCronPage(deployment, id);
  const own = { [ownIdKey]: id };
  const patched = await deployment.client.patchCron(id, {
    metadata: mergesMetadata ? own : { ...before.metadata, ...own },
  });
  if (!patched.ok) return patched;
  // The answer is not taken for granted: some servers accept metadata and drop it.
  const page = await readCronPage(deployment, id);
  if (!page.ok) return page;
  if (page.value.cron.metadata[ownIdKey] !== id) {
    return err({
      code: 'refused',
      message: 'The server took the change and did not keep it.',
      hint: 'Its runs cannot be linked on this server. Nothing else was changed.',
    });
  }
  const done = { cronId: id, before, after: page.value.cron, name: cronName(before).name };
  await recordDone('edit', deployment.config.id, [done], dashboard.value.deps);
  return ok(page.value);
}
