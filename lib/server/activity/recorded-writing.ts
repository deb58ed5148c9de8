import 'server-only';
import type { Cron } from '@/lib/crons/cron';
import type { CronId } from '@/lib/crons/ids';
import { err, ok, type Result } from '@/lib/result';
import { changeNow } from '../bulk/change-now';
import { deploymentTarget } from '../bulk/deployment-target';
import type { CronWriting } from '../cron-writing';
import type { Dashboard } from '../dashboard';
import type { Deployment } from '../deployment';
import type { Answer } from '../deployment-client';
import { cronName } from '@/lib/crons/cron-name';
import { recordDone, type Done } from './record-done';

export type RecordedWriting = {
  readonly writing: CronWriting;
  /** Writes down what was made and changed through `writing`; to be called when it succeeded. */
  readonly record: () => Promise<void>;
};

/**
 * The same ways of writing, watched: Activity shows what a save changed, and a cron that is replaced is deleted as any
 * other, with its snapshot taken first.
 */
export function recordedWriting(
  writing: CronWriting,
  deployment: Deployment,
  dashboard: Dashboard,
): RecordedWriting {
  const before = new Map<CronId, Cron>();
  const stored = new Map<CronId, Cron>();
  let making = false;
  let replaced = false;
  const { client } = writing;
  const make = <Args extends unknown[], Made>(create: (...args: Args) => Made) => {
    return (...args: Args): Made => {
      making = true;
      return create(...args);
    };
  };

  async function deleteCron(id: CronId): Answer<unknown> {
    if (!before.has(id)) return client.deleteCron(id);
    replaced = true;
    const target = await deploymentTarget(deployment);
    if (!target.ok) return client.deleteCron(id);
    const done: Result<unknown, { readonly message: string; readonly hint: string }> = await changeNow(
      { kind: 'delete' },
      id,
      target.value,
      dashboard,
    );
    if (done.ok) return ok(null);
    return err({ code: 'failing', message: done.error.message, hint: done.error.hint });
  }

  async function record(): Promise<void> {
    const rows = [...stored.values()].map((cron): Done => {
      const old = before.get(cron.cronId) ?? null;
      return { cronId: cron.cronId, before: old, after: cron, name: cronName(cron).name };
    });
    const kind = replaced ? 'replace' : making ? 'create' : 'edit';
    await recordDone(kind, deployment.config.id, rows, dashboard.deps);
  }

  return {
    writing: {
      ...writing,
      client: {
        ...client,
        createCron: make(client.createCron),
        createThreadCron: make(client.createThreadCron),
        deleteCron,
      },
      readCron: async (id) => {
        const read = await writing.readCron(id);
        if (read.ok && !making && !before.has(id)) before.set(id, read.value);
        return read;
      },
      stored: (cron) => {
        stored.set(cron.cronId, cron);
        writing.stored(cron);
      },
      removed: (id) => {
        stored.delete(id);
        writing.removed(id);
      },
    },
    record,
  };
}
