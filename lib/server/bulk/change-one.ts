import type { Cron, JsonObject } from '@/lib/crons/cron';
import type { CronAction } from '@/lib/crons/cron-action';
import { storedAsText } from '../create-one-cron';
import { restoreCron } from '../deletion/restore-cron';
import { fieldsOf, notKept, planAction, planUndo, type PatchAction } from './action-patch';
import { failedOrRetry, type ChangeItem, type ChangeOutcome, type ChangeTask } from './change-outcome';
import type { ChangeDeps, ChangeTarget } from './change-target';

/**
 * One try to do the task to one cron. `again` says that an earlier try may have taken effect: then a cron that is
 * already as wanted counts as done by us.
 */
export async function changeOne(
  task: ChangeTask,
  item: ChangeItem,
  again: boolean,
  target: ChangeTarget,
  deps: Pick<ChangeDeps, 'wait'>,
): Promise<ChangeOutcome> {
  const { action } = task;
  if (action.kind !== 'delete') return patchOne(action, task.undo, item, target);
  return task.undo ? restoreCron(item, again, target, deps) : deleteOne(item, again, target);
}

async function deleteOne(item: ChangeItem, again: boolean, target: ChangeTarget): Promise<ChangeOutcome> {
  const reply = await target.client.deleteCron(item.cronId);
  if (!reply.ok && reply.error.code !== 'not-found') return failedOrRetry(reply.error);
  target.applyRemove(item.cronId);
  // It was there when its snapshot was taken, and some networks deliver a request twice.
  const note = reply.ok || again ? undefined : 'It was gone when its turn came.';
  return { kind: 'done', after: null, note };
}

async function patchOne(
  action: PatchAction,
  undo: boolean,
  item: ChangeItem,
  target: ChangeTarget,
): Promise<ChangeOutcome> {
  if (item.before === null)
    return failed('no-snapshot', 'Its state before the change is not known any more.');
  const plan = planFor(action, undo, item, item.before, target);
  switch (plan.kind) {
    case 'nothing':
      return { kind: 'unchanged', note: 'It was like that already.' };
    case 'changed-since':
      return failed('changed-since', 'It was changed again since, so that later change was left as it is.');
    case 'patch':
      return sendPatch(action, plan.body, item.before, target);
  }
}

function planFor(action: PatchAction, undo: boolean, item: ChangeItem, current: Cron, target: ChangeTarget) {
  if (!undo) return planAction(action, current, target.mergesMetadata);
  const before = item.undoes?.before;
  return before ? planUndo(action, before, current, target.mergesMetadata) : ({ kind: 'nothing' } as const);
}

async function sendPatch(
  action: CronAction,
  body: JsonObject,
  before: Cron,
  target: ChangeTarget,
): Promise<ChangeOutcome> {
  const reply = await target.client.patchCron(before.cronId, body);
  if (!reply.ok) return failedOrRetry(reply.error);
  const cron = reply.value;
  target.applyUpsert(cron);
  if (storedAsText(cron, body.end_time)) return takeBackEnd(before, target);
  const lost = notKept(body, cron);
  if (lost !== null) {
    return failed('not-kept', `The server accepted the change and did not make it (${lost}).`);
  }
  return { kind: 'done', after: fieldsOf(action, cron) };
}

/** `langgraph dev` keeps an end date as text and then stops running every cron: it must not stay for a second. */
async function takeBackEnd(before: Cron, target: ChangeTarget): Promise<ChangeOutcome> {
  const end = before.end.kind === 'never' ? null : before.end.text;
  const reply = await target.client.patchCron(before.cronId, { end_time: end });
  if (reply.ok) target.applyUpsert(reply.value);
  const reason = 'This server keeps an end date as text, and one such cron stops every cron of the server.';
  return {
    kind: 'stop',
    problem: {
      code: 'end-kept-as-text',
      message: `${reason} ${reply.ok ? 'It was taken back.' : `Taking it back failed: ${reply.error.message}`}`,
      hint: reply.ok
        ? 'Pause or delete the cron when it is no longer wanted.'
        : 'Remove the end date of this cron, pause it, or delete it now.',
    },
  };
}

function failed(code: string, message: string): ChangeOutcome {
  return {
    kind: 'failed',
    problem: { code, message, hint: 'Open the cron and look at it before trying again.' },
  };
}
