import type { Cron, JsonObject } from './cron';
import type { CronDraft, CronDraftField } from './cron-draft';
import { cronToDraft } from './cron-to-draft';
import type { Capabilities } from './deployment';
import { changedFields } from './draft-diff';
import { draftToInput } from './draft-input';
import { readJsonObject } from './draft-json';
import { configOf, endTimeText, metadataOf, payloadOf } from './draft-to-wire';

/** Why an edit cannot be made in place, in words. */
export type ReplaceReason = { readonly field: CronDraftField | null; readonly reason: string };

export type DraftPatch =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'patch'; readonly body: JsonObject }
  | { readonly kind: 'replace'; readonly reasons: readonly ReplaceReason[] }
  | EditConflict;

const payloadFields = [
  'input',
  'configurable',
  'runTags',
  'recursionLimit',
  'configExtra',
  'context',
  'webhook',
  'report',
  'interruptBefore',
  'interruptAfter',
  'multitask',
  'durability',
  'streamModes',
  'streamSubgraphs',
  'streamResumable',
  'extra',
] as const satisfies readonly CronDraftField[];
const metadataFields = [
  'name',
  'description',
  'tags',
  'keepDays',
  'metadata',
] as const satisfies readonly CronDraftField[];

/** What the API cannot change in place: a new cron has to be made, then the old one deleted. */
export function replaceReasons(
  opened: CronDraft,
  draft: CronDraft,
  capabilities: Pick<Capabilities, 'patch'>,
): readonly ReplaceReason[] {
  const changed = changedFields(opened, draft);
  if (changed.size === 0) return [];
  const reasons: ReplaceReason[] = [];
  const add = (field: CronDraftField | null, reason: string) => reasons.push({ field, reason });
  if (!capabilities.patch) add(null, 'This server cannot change a cron in place.');
  if (changed.has('assistantId')) add('assistantId', 'The assistant of a cron cannot be changed in place.');
  const staysNew = opened.target.kind === 'new-thread' && draft.target.kind === 'new-thread';
  if (changed.has('target') && !staysNew) add('target', 'The thread of a cron cannot be changed in place.');
  if (draft.schedules.length > 1)
    add('schedules', `This rhythm needs ${draft.schedules.length} crons; one cron holds one expression.`);
  if (draftToInput(opened.input) !== undefined && draftToInput(draft.input) === undefined)
    add('input', 'An input can be changed but not removed in place.');
  if (readJsonObject(opened.context) !== null && readJsonObject(draft.context) === null)
    add('context', 'A context can be changed but not removed in place.');
  if (hasWebhook(opened) && !hasWebhook(draft))
    add('webhook', 'A webhook can be changed but not removed in place.');
  return reasons;
}

function hasWebhook({ webhook, report }: CronDraft): boolean {
  return webhook !== '' || report;
}

/**
 * The PATCH that turns the stored cron into the draft, sending nothing that did not change since the form was opened.
 * The payload's fields go together: some servers replace the stored payload by what a PATCH sends.
 */
export function draftToPatch(
  current: Cron,
  opened: CronDraft,
  draft: CronDraft,
  capabilities: Pick<Capabilities, 'patch' | 'timezone'>,
): DraftPatch {
  if (changedFields(opened, draft).size === 0) return { kind: 'unchanged' };
  const edit = mergeEdit(current, opened, draft);
  if (edit.kind === 'conflict') return edit;
  const { now, merged } = edit;
  const reasons = replaceReasons(now, merged, capabilities);
  if (reasons.length > 0) return { kind: 'replace', reasons };
  const body = patchBody(current, now, merged, capabilities);
  return Object.keys(body).length === 0 ? { kind: 'unchanged' } : { kind: 'patch', body };
}

/** Somebody else changed the same fields since the form was opened, and differently. */
export type EditConflict = {
  readonly kind: 'conflict';
  readonly fields: readonly CronDraftField[];
  readonly current: CronDraft;
};
type MergedEdit = { readonly kind: 'merged'; readonly now: CronDraft; readonly merged: CronDraft };

/** The changed fields of `draft` laid over what is stored now, so that other people's changes survive. */
export function mergeEdit(current: Cron, opened: CronDraft, draft: CronDraft): MergedEdit | EditConflict {
  const now = cronToDraft(current);
  const changed = [...changedFields(opened, draft)];
  const movedSince = changedFields(opened, now);
  const wanted = changedFields(now, draft);
  const fields = changed.filter((field) => movedSince.has(field) && wanted.has(field));
  if (fields.length > 0) return { kind: 'conflict', fields, current: now };
  return {
    kind: 'merged',
    now,
    merged: { ...now, ...Object.fromEntries(changed.map((field) => [field, draft[field]])) },
  };
}

function patchBody(
  current: Cron,
  now: CronDraft,
  draft: CronDraft,
  capabilities: Pick<Capabilities, 'timezone'>,
): JsonObject {
  const changed = changedFields(now, draft);
  const resumes = changed.has('paused') && !draft.paused;
  return {
    ...(changed.has('name') || metadataFields.some((field) => changed.has(field))
      ? { metadata: patchMetadata(current, now, draft) }
      : {}),
    // A resumed cron whose date has passed would run at once; giving the schedule makes the server look ahead again.
    ...(changed.has('schedules') || resumes ? { schedule: draft.schedules[0]?.trim() } : {}),
    ...(changed.has('zone') && capabilities.timezone ? { timezone: draft.zone } : {}),
    ...(changed.has('paused') ? { enabled: !draft.paused } : {}),
    ...(changed.has('end') ? { end_time: draft.end.kind === 'at' ? endTimeText(draft.end.atMs) : null } : {}),
    ...(changed.has('target') && draft.target.kind === 'new-thread'
      ? { on_run_completed: draft.target.afterRun }
      : {}),
    ...(payloadFields.some((field) => changed.has(field)) ? patchPayload(draft, changed) : {}),
  };
}

/** Servers merge or replace metadata, so all of it is sent; a key cannot be removed, only emptied. */
function patchMetadata(current: Cron, now: CronDraft, draft: CronDraft): JsonObject {
  const wanted = metadataOf(draft);
  const gone = Object.keys(metadataOf(now)).filter((key) => !Object.hasOwn(wanted, key));
  return { ...current.metadata, ...wanted, ...Object.fromEntries(gone.map((key) => [key, null])) };
}

/** What was unset is sent as the server's default, because absent means unchanged. */
function patchPayload(draft: CronDraft, changed: ReadonlySet<CronDraftField>): JsonObject {
  const defaults: JsonObject = {
    ...(changed.has('interruptBefore') && { interrupt_before: [] }),
    ...(changed.has('interruptAfter') && { interrupt_after: [] }),
    ...(changed.has('multitask') && { multitask_strategy: 'enqueue' }),
    ...(changed.has('durability') && { durability: 'async' }),
    ...(changed.has('streamModes') && { stream_mode: ['values'] }),
    ...(changed.has('streamSubgraphs') && { stream_subgraphs: false }),
    ...(changed.has('streamResumable') && { stream_resumable: false }),
  };
  const configFields = ['configurable', 'runTags', 'recursionLimit', 'configExtra'] as const;
  const config = configFields.some((field) => changed.has(field)) ? { config: configOf(draft) } : {};
  return { ...defaults, ...payloadOf(draft), ...config };
}
