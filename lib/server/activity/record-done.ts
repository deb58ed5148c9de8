import type { ActivityKind } from '@/lib/crons/activity';
import type { Cron, JsonObject } from '@/lib/crons/cron';
import type { ChangeDeps } from '../bulk/change-target';
import { changes, entries, snapshots } from '../store/schema';
import { begunEntry } from './new-entry';

/** Something done to a cron that needs no undo of its own. At least one of `before` and `after` is there. */
export type Done = {
  readonly cronId: string;
  readonly before: Cron | JsonObject | null;
  readonly after: Cron | JsonObject | null;
  readonly name: string;
  readonly note?: string;
};

/** Writes down what was just done through another path than a job: an edit, a new cron, a run. */
export async function recordDone(
  kind: ActivityKind,
  deployment: string,
  done: readonly Done[],
  deps: Pick<ChangeDeps, 'store' | 'now' | 'newId' | 'sessionId'>,
): Promise<void> {
  const [first] = done;
  if (!first) return;
  const entryId = deps.newId();
  const now = deps.now();
  const subject = done.length === 1 ? first.name : `${first.name} and ${done.length - 1} more`;
  const entry = {
    entryId,
    deployment,
    kind,
    action: null,
    origin: 'single' as const,
    subject,
    createdMs: now,
    owner: '',
  };
  const rows = done.map((one, position) => ({
    entryId,
    position,
    deployment,
    cronId: one.cronId,
    name: one.name,
    state: 'done' as const,
    hasSnapshot: one.before !== null,
    after: one.after === null ? null : JSON.stringify(one.after),
    note: one.note ?? null,
    attempts: 1,
    restoreSent: false,
    unsure: false,
    finishedAt: now,
  }));
  const kept = done.flatMap(({ before }, position) =>
    before === null
      ? []
      : [deps.store.db.insert(snapshots).values({ entryId, position, cron: JSON.stringify(before) })],
  );
  await deps.store.write([
    deps.store.db.insert(entries).values({
      ...begunEntry(entry),
      state: 'done',
      owner: null,
      total: done.length,
      done: done.length,
      finishedAt: now,
    }),
    deps.store.db.insert(changes).values(rows),
    ...kept,
  ]);
}
