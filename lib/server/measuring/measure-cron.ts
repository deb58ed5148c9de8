import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import type { Cron } from '@/lib/crons/cron';
import type { CronId } from '@/lib/crons/ids';
import { daysToMs, type CronMeasuring, type MeasuringWish } from '@/lib/crons/measuring';
import { err, ok, type Problem, type Result } from '@/lib/result';
import type { ChangeTarget } from '../bulk/change-target';
import { findCron } from '../find-cron';
import type { Store } from '../store/open-store';
import { measuredCrons, runUsages } from '../store/schema';
import { isForwardUrl } from './forward-report';
import { hookAddress, newNonce } from './hook-address';

type Row = typeof measuredCrons.$inferSelect;
const dayMs = daysToMs(1);

export type MeasureDeps = {
  readonly store: Store;
  readonly now: () => number;
  readonly publicUrl: string | null;
};

async function rowOf(deployment: string, cronId: CronId, store: Store): Promise<Row | null> {
  const [row] = await store.db
    .select()
    .from(measuredCrons)
    .where(and(eq(measuredCrons.deployment, deployment), eq(measuredCrons.cronId, cronId)));
  return row ?? null;
}

/** How a cron is measured now. */
export async function readMeasuring(
  deployment: string,
  cronId: CronId,
  { store, publicUrl }: MeasureDeps,
): Promise<CronMeasuring> {
  const row = await rowOf(deployment, cronId, store);
  const [runs] = await store.db
    .select({ count: sql<number>`count(*)` })
    .from(runUsages)
    .where(and(eq(runUsages.deployment, deployment), eq(runUsages.cronId, cronId)));
  return {
    report: row?.hookNonce !== null && row !== null,
    keepDays: row?.keepForMs === null || row === null ? null : row.keepForMs / dayMs,
    canReport: publicUrl !== null,
    forwardTo: row?.forwardTo ?? null,
    measuredRuns: runs?.count ?? 0,
  };
}

/** Does what is wished for a cron: gives its runs an address to report to, and says how long its threads are kept. */
export async function measureCron(
  cronId: CronId,
  wish: MeasuringWish,
  target: ChangeTarget,
  deps: MeasureDeps,
): Promise<Result<CronMeasuring, Problem>> {
  const found = await findCron(cronId, target);
  if (!found.ok) return found;
  const cron = found.value;
  const refused = refuse(cron, wish, deps.publicUrl);
  if (refused) return err(refused);
  const row = await rowOf(target.id, cronId, deps.store);
  const hook = await setHook(cron, wish.report, row, target, deps);
  if (!hook.ok) return hook;
  const now = {
    ...hook.value,
    keepForMs: wish.keepDays === null ? null : daysToMs(wish.keepDays),
    updatedAt: deps.now(),
  };
  await deps.store.write([
    deps.store.db
      .insert(measuredCrons)
      .values({ deployment: target.id, cronId, ...now })
      .onConflictDoUpdate({ target: [measuredCrons.deployment, measuredCrons.cronId], set: now }),
  ]);
  return ok(await readMeasuring(target.id, cronId, deps));
}

function refuse(cron: Cron, { report, keepDays }: MeasuringWish, publicUrl: string | null): Problem | null {
  if (report && publicUrl === null) {
    return {
      code: 'unsupported',
      field: 'report',
      message:
        'Runs cannot report to this dashboard, because it does not know the address servers reach it at.',
      hint: 'Set CRONDECK_PUBLIC_URL to that address and restart Crondeck.',
    };
  }
  if (keepDays !== null && (cron.target.kind === 'thread' || cron.target.afterRun === 'delete')) {
    return {
      code: 'unsupported',
      field: 'keepDays',
      message: 'Only threads that are made for each run and kept afterwards can be deleted once measured.',
      hint: 'Choose a new thread for each run that is kept.',
    };
  }
  return null;
}

type Hook = Pick<Row, 'hookNonce' | 'forwardTo'>;

async function setHook(
  cron: Cron,
  report: boolean,
  row: Row | null,
  target: ChangeTarget,
  deps: MeasureDeps,
): Promise<Result<Hook, Problem>> {
  const webhook = typeof cron.payload.webhook === 'string' ? cron.payload.webhook : null;
  const ours =
    row?.hookNonce && deps.publicUrl ? await hookAddress(row.hookNonce, deps.publicUrl, deps.store) : null;
  const own = webhook === ours ? (row?.forwardTo ?? null) : webhook;
  if (!report) {
    if (row?.hookNonce === null || row === null || webhook !== ours)
      return ok({ hookNonce: null, forwardTo: null });
    if (own === null) return err(cannotRemove);
    const back = await target.client.patchCron(cron.cronId, { webhook: own });
    return back.ok ? ok({ hookNonce: null, forwardTo: null }) : back;
  }
  if (ours !== null && webhook === ours) return ok({ hookNonce: row?.hookNonce ?? null, forwardTo: own });
  if (own !== null && !isForwardUrl(own)) return err(cannotForward);
  const nonce = newNonce();
  // Written first: a run may end, and report, before the answer to the PATCH is here.
  const base = { hookNonce: nonce, forwardTo: own, updatedAt: deps.now() };
  await deps.store.write([
    deps.store.db
      .insert(measuredCrons)
      .values({ deployment: target.id, cronId: cron.cronId, keepForMs: null, ...base })
      .onConflictDoUpdate({ target: [measuredCrons.deployment, measuredCrons.cronId], set: base }),
  ]);
  const address = await hookAddress(nonce, deps.publicUrl ?? '', deps.store);
  const set = await target.client.patchCron(cron.cronId, { webhook: address });
  if (!set.ok) return set;
  target.applyUpsert(set.value);
  return ok({ hookNonce: nonce, forwardTo: own });
}

const cannotRemove: Problem = {
  code: 'unsupported',
  field: 'report',
  message: 'A webhook can be changed but not removed from a cron, so its runs go on reporting.',
  hint: 'Give the cron a webhook of your own, or replace it by a new cron without one.',
};

const cannotForward: Problem = {
  code: 'refused',
  field: 'report',
  message: 'The webhook this cron has now is an address Crondeck does not pass reports on to.',
  hint: 'Use an http or https address that is not of this machine.',
};
