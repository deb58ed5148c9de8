import type { JsonObject } from '@/lib/crons/cron';
import type { CronId } from '@/lib/crons/ids';
import type { Problem } from '@/lib/result';
import type { ChangeState } from '../store/schema';
import { mine } from './entry-fence';

/** The end of one change, to be written down. */
export type SettledChange = {
  readonly position: number;
  readonly state: Extract<ChangeState, 'done' | 'unchanged' | 'failed'>;
  readonly attempts: number;
  readonly after?: JsonObject | null;
  readonly problem?: Problem;
  readonly note?: string | undefined;
  readonly madeCronId?: CronId;
  /** Failed without an answer, so it may have happened. */
  readonly unsure?: boolean;
  readonly finishedMs: number;
};

const settledColumns: readonly (readonly [keyof SettledChange, string])[] = [
  ['position', 'position'],
  ['state', 'state'],
  ['attempts', 'attempts'],
  ['after', 'after'],
  ['problem', 'problem'],
  ['note', 'note'],
  ['madeCronId', 'made_cron_id'],
  ['unsure', 'unsure'],
  ['finishedMs', 'finished_at'],
];

/** Writes the ends down, each only if its change has not ended yet and the entry still belongs to the session. */
export function settleStatement(entryId: string, sessionId: string, settled: readonly SettledChange[]) {
  const rows = settled.map((one) => ({
    ...one,
    after: one.after ? JSON.stringify(one.after) : null,
    problem: one.problem ? JSON.stringify(one.problem) : null,
  }));
  const columns = settledColumns.map(([name, column]) => `value ->> '$.${name}' AS ${column}`).join(', ');
  // The id comes from the JSON's side, so that each of its rows is looked up by key instead of all rows being walked.
  return {
    sql: `WITH row AS MATERIALIZED (SELECT ? AS entry_id, ${columns} FROM json_each(?))
       UPDATE change SET state = row.state, attempts = row.attempts, after = row.after, problem = row.problem,
         note = row.note, made_cron_id = row.made_cron_id, unsure = coalesce(row.unsure, 0), finished_at = row.finished_at
       FROM row WHERE change.entry_id = row.entry_id AND change.position = row.position
         AND change.state IN ('planned', 'waiting', 'started') AND ${mine}`,
    args: [entryId, JSON.stringify(rows), entryId, sessionId],
  };
}
