import { z } from 'zod';
import { activityKinds, type ActivityChange, type ActivityEntry } from '@/lib/crons/activity';
import { cronActionSchema, type CronAction } from '@/lib/crons/cron-action';
import type { JsonObject } from '@/lib/crons/cron';
import type { CronId } from '@/lib/crons/ids';
import { fieldsOf } from '../bulk/action-patch';
import { readStoredCron } from '../bulk/stored-cron';
import type { ChangeRow, EntryRow } from '../store/schema';

const problemSchema = z.object({ code: z.string(), message: z.string(), hint: z.string() });
const objectSchema = z.record(z.string(), z.unknown());

function readJson<T>(schema: z.ZodType<T>, text: string | null): T | null {
  return text === null ? null : schema.parse(JSON.parse(text));
}

export function actionOf(row: Pick<EntryRow, 'params'>): CronAction | null {
  return readJson(cronActionSchema.nullable(), row.params);
}

/** An entry as the browser reads it. */
export function entryView(row: EntryRow, undoable: number): ActivityEntry {
  const { total, done, unchanged, failed, cancelled } = row;
  return {
    entryId: row.entryId,
    kind: z.enum(activityKinds).parse(row.kind),
    action: actionOf(row),
    origin: row.origin,
    subject: row.subject,
    state: row.state,
    problem: readJson(problemSchema, row.problem),
    counts: { total, done, unchanged, failed, cancelled },
    waiting: row.waitUntil === null ? null : { untilMs: row.waitUntil, reason: row.waitReason ?? '' },
    cancelRequested: row.cancelRequested,
    resumed: row.claims > 1,
    createdMs: row.createdAt,
    finishedMs: row.finishedAt,
    undoOf: row.undoOf,
    undoable: row.state === 'running' ? 0 : undoable,
  };
}

/** Whether an entry of this kind can be taken back at all. */
export function isUndoable(entry: Pick<EntryRow, 'kind' | 'params'>): boolean {
  return entry.kind !== 'undo' && actionOf(entry) !== null;
}

/** `snapshot` is the cron as it was stored, null once that is older than 30 days. */
export function changeView(row: ChangeRow, snapshot: string | null, entry: EntryRow): ActivityChange {
  const action = actionOf(entry);
  const before = entry.kind === 'settings' ? readJson(objectSchema, snapshot) : cronBefore(action, snapshot);
  const took = row.state === 'done' || row.unsure;
  return {
    position: row.position,
    cronId: row.cronId as CronId,
    name: row.name,
    state: stateView(row.state),
    before,
    after: readJson<JsonObject>(objectSchema, row.after),
    problem: readJson(problemSchema, row.problem),
    note: row.note,
    madeCronId: row.madeCronId as CronId | null,
    undoneBy: row.undoneBy,
    undoable:
      isUndoable(entry) && entry.state !== 'running' && took && before !== null && row.undoneBy === null,
    finishedMs: row.finishedAt,
  };
}

/** Of a change of some fields only those. */
function cronBefore(action: CronAction | null, snapshot: string | null): JsonObject | null {
  const cron = readStoredCron(snapshot);
  return cron === null || action === null ? cron : fieldsOf(action, cron);
}

function stateView(state: ChangeRow['state']): ActivityChange['state'] {
  switch (state) {
    case 'planned':
    case 'waiting':
      return 'to-come';
    case 'started':
      return 'under-way';
    case 'done':
    case 'unchanged':
    case 'failed':
    case 'cancelled':
      return state;
  }
}
