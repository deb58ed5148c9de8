import { cronDraftFields, type CronDraft, type CronDraftField } from './cron-draft';
import { draftToInput } from './draft-input';
import { readJson, sameJson } from './draft-json';

export type DraftChange = {
  readonly field: CronDraftField;
  readonly label: string;
  readonly before: string;
  readonly after: string;
};

const labels: Readonly<Record<CronDraftField, string>> = {
  assistantId: 'Assistant',
  name: 'Name',
  description: 'Description',
  tags: 'Tags',
  schedules: 'Schedule',
  zone: 'Time zone',
  paused: 'Paused',
  end: 'Ends',
  target: 'Thread',
  keepDays: 'Thread deleted once measured',
  input: 'Input',
  configurable: 'Configuration',
  context: 'Context',
  metadata: 'Other metadata',
  runTags: 'Run tags',
  recursionLimit: 'Step limit',
  webhook: 'Webhook',
  report: 'Reports to Crondeck',
  interruptBefore: 'Stop before',
  interruptAfter: 'Stop after',
  multitask: 'When the thread is busy',
  durability: 'Durability',
  streamModes: 'Stream modes',
  streamSubgraphs: 'Stream subgraphs',
  streamResumable: 'Resumable stream',
  extra: 'Other fields',
  configExtra: 'Other configuration',
};

const jsonTexts = new Set<CronDraftField>(['configurable', 'context', 'metadata']);

function meaning(draft: CronDraft, field: CronDraftField): unknown {
  if (field === 'input')
    return draft.input.kind === 'json' ? jsonMeaning(draft.input.text) : draftToInput(draft.input);
  const value = draft[field];
  if (jsonTexts.has(field) && typeof value === 'string') return jsonMeaning(value);
  if (field === 'schedules') return draft.schedules.map((schedule) => schedule.trim());
  return typeof value === 'string' ? value.trim() : value;
}

/** Broken text means itself, so half-written JSON is still seen as a change. */
function jsonMeaning(text: string): unknown {
  const read = readJson(text);
  switch (read.kind) {
    case 'blank':
      return undefined;
    case 'broken':
      return text;
    case 'json':
      return read.value;
  }
}

/** The fields whose meaning differs; white space and the layout of JSON do not count. */
export function changedFields(before: CronDraft, after: CronDraft): ReadonlySet<CronDraftField> {
  return new Set(cronDraftFields.filter((field) => !sameJson(meaning(before, field), meaning(after, field))));
}

/** What saving would change, in the form's order, for people to read. */
export function draftDiff(before: CronDraft, after: CronDraft): readonly DraftChange[] {
  return [...changedFields(before, after)].map((field) => ({
    field,
    label: labels[field],
    before: show(before, field),
    after: show(after, field),
  }));
}

export function fieldLabel(field: CronDraftField): string {
  return labels[field];
}

function show(draft: CronDraft, field: CronDraftField): string {
  switch (field) {
    case 'schedules':
      return draft.schedules.join('\n');
    case 'end':
      return showEnd(draft.end);
    case 'target':
      return showTarget(draft.target);
    case 'input':
      return showInput(draft.input);
    case 'paused':
      return draft.paused ? 'yes' : 'no';
    case 'keepDays':
      return draft.keepDays === null ? 'never' : `after ${draft.keepDays} days`;
    default:
      return showPlain(draft[field]);
  }
}

function showPlain(value: unknown): string {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return 'not set';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value);
}

function showEnd(end: CronDraft['end']): string {
  switch (end.kind) {
    case 'never':
      return 'never';
    case 'at':
      return `${new Date(end.atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    case 'unreadable':
      return `"${end.text}" (not a date)`;
  }
}

function showTarget(target: CronDraft['target']): string {
  switch (target.kind) {
    case 'new-thread':
      return target.afterRun === 'keep'
        ? 'a new thread each run, kept'
        : 'a new thread each run, deleted afterwards';
    case 'thread':
      return `always thread ${target.threadId}`;
    case 'reused-thread':
      return 'a new thread, made now and used by every run';
  }
}

function showInput(input: CronDraft['input']): string {
  switch (input.kind) {
    case 'none':
      return 'none';
    case 'message':
      return input.text;
    case 'json':
      return input.text;
  }
}
