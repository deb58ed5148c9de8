import { z } from 'zod';
import type { SelectionDifference } from '@/lib/crons/activity';
import { cronActionSchema, type CronAction } from '@/lib/crons/cron-action';
import type { CronSelection } from '@/lib/crons/cron-list';
import { cronSelectionSchema } from '@/lib/crons/cron-query';
import type { Capabilities } from '@/lib/crons/deployment';
import { err, ok, type Problem, type Result } from '@/lib/result';
import { recordEntry } from '../activity/new-entry';
import type { EntryOrigin } from '../store/schema';
import type { ChangeDeps, ChangeTarget, Chosen } from './change-target';
import { chosenAsSeen } from './selection-check';

export const bulkRequestSchema = z.strictObject({
  action: cronActionSchema,
  selection: cronSelectionSchema,
  /** What the person was shown: count and digest of POST .../bulk/check. */
  seen: z.strictObject({ count: z.int().min(0), digest: z.string().max(64) }),
});
export type BulkRequest = z.infer<typeof bulkRequestSchema>;

export type BulkRefusal = { readonly problem: Problem; readonly difference?: SelectionDifference };

/** Records a bulk job for exactly the crons that were seen. The caller then has it worked off. */
export async function startBulkJob(
  request: BulkRequest,
  target: ChangeTarget,
  deps: Pick<ChangeDeps, 'store' | 'now' | 'newId' | 'sessionId'>,
): Promise<Result<string, BulkRefusal>> {
  const refused = unsupported(request.action, target.capabilities);
  if (refused) return err({ problem: refused });
  const chosen = await chosenAsSeen(request.selection, request.seen, target, deps.store, deps.now());
  if (!chosen.ok) return err('code' in chosen.error ? { problem: chosen.error } : changed(chosen.error));
  if (chosen.value.length === 0) return err({ problem: nothingSelected });
  return ok(
    await recordJob(
      request.action,
      chosen.value,
      subjectOf(request.selection, chosen.value),
      'bulk',
      target,
      deps,
    ),
  );
}

/** Writes the entry of a job down, owned by this session. Returns its id. */
export async function recordJob(
  action: CronAction,
  chosen: readonly Chosen[],
  subject: string,
  origin: EntryOrigin,
  target: Pick<ChangeTarget, 'id'>,
  deps: Pick<ChangeDeps, 'store' | 'now' | 'newId' | 'sessionId'>,
): Promise<string> {
  const entryId = deps.newId();
  await recordEntry(
    deps.store,
    {
      entryId,
      deployment: target.id,
      kind: action.kind,
      action,
      origin,
      subject,
      createdMs: deps.now(),
      owner: deps.sessionId,
    },
    chosen,
  );
  return entryId;
}

/** Why the server cannot do it at all, before anything is tried; null where it can. */
export function unsupported(action: CronAction, capabilities: Capabilities): Problem | null {
  const refuse = (message: string): Problem => ({
    code: 'unsupported',
    message,
    hint: 'Deleting is possible on every server; an undo makes the crons again.',
  });
  if (action.kind === 'delete') return null;
  if (!capabilities.patch) return refuse('This server cannot change a cron in place.');
  if ((action.kind === 'pause' || action.kind === 'resume') && !capabilities.enabled)
    return refuse('This server cannot pause a cron.');
  if (action.kind === 'set-zone' && !capabilities.timezone)
    return refuse('This server runs every cron in UTC.');
  return null;
}

function subjectOf(selection: CronSelection, chosen: readonly Chosen[]): string {
  const [first] = chosen;
  if (chosen.length === 1 && first) return first.name;
  if (selection.kind === 'picked') return `${chosen.length} crons`;
  const { q, ...facets } = selection.filter;
  const parts = [...(q === '' ? [] : [`"${q}"`]), ...Object.values(facets).flat()].slice(0, 6);
  return parts.length === 0
    ? `all ${chosen.length} crons`
    : `${chosen.length} crons matching ${parts.join(', ')}`;
}

const nothingSelected: Problem = {
  code: 'nothing-selected',
  message: 'No cron matches the selection any more.',
  hint: 'Select at least one cron.',
};

function changed(difference: SelectionDifference): BulkRefusal {
  const { addedCount: added, removedCount: removed } = difference;
  const what =
    added + removed === 0
      ? 'It is not what was shown'
      : `${added} ${added === 1 ? 'was' : 'were'} added and ${removed} ${removed === 1 ? 'is' : 'are'} gone`;
  return {
    problem: {
      code: 'selection-changed',
      message: `The selection has changed since you looked. ${what}, so nothing was done.`,
      hint: `It holds ${difference.now.count} now. Look at the difference and confirm again.`,
    },
    difference,
  };
}
