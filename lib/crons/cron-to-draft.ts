import type { Cron, JsonObject } from './cron';
import { durabilities, multitaskStrategies, streamModes, type CronDraft } from './cron-draft';
import { inputToDraft } from './draft-input';
import { isJsonObject, writeJson } from './draft-json';
import { readKeepDays } from './keep-days';
import { readReportAddress } from './report-address';
import { isReservedMetadataKey } from './reserved-metadata';

type Fields = Pick<
  CronDraft,
  | 'input'
  | 'configurable'
  | 'context'
  | 'runTags'
  | 'recursionLimit'
  | 'webhook'
  | 'report'
  | 'interruptBefore'
  | 'interruptAfter'
  | 'multitask'
  | 'durability'
  | 'streamModes'
  | 'streamSubgraphs'
  | 'streamResumable'
  | 'extra'
  | 'configExtra'
>;

/** Parts of the stored create body whose truth is elsewhere on the cron; the stored copy may lag behind a PATCH. */
const shownElsewhere = new Set([
  'assistant_id',
  'cron_id',
  'thread_id',
  'schedule',
  'timezone',
  'enabled',
  'end_time',
  'metadata',
  'on_run_completed',
]);

/** What servers stamp into the body or its configuration by themselves and nobody should send back. */
export function isStamped(key: string): boolean {
  return key === 'cron_id' || key.startsWith('langgraph_auth_') || key === 'langgraph_request_id';
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '');
}

function oneOf<const T extends string>(values: readonly T[], value: unknown): value is T {
  return values.some((known) => known === value);
}

/** Takes known keys out of an object one by one; what nobody took, or took in vain, is left over. */
function taker(source: JsonObject, ignored: (key: string) => boolean) {
  const rest = new Map(
    Object.entries(source).filter(([key, value]) => !ignored(key) && value !== null && value !== undefined),
  );
  return {
    take<T>(key: string, read: (value: unknown) => T | undefined, absent: T): T {
      const value = rest.has(key) ? read(rest.get(key)) : undefined;
      if (value === undefined) return absent;
      rest.delete(key);
      return value;
    },
    left: (): JsonObject => Object.fromEntries(rest),
  };
}

function readConfig(
  config: JsonObject,
): Pick<Fields, 'configurable' | 'runTags' | 'recursionLimit' | 'configExtra'> {
  const from = taker(config, () => false);
  const configurable = from.take<JsonObject>(
    'configurable',
    (value) =>
      isJsonObject(value)
        ? Object.fromEntries(Object.entries(value).filter(([key]) => !isStamped(key)))
        : undefined,
    {},
  );
  return {
    configurable: Object.keys(configurable).length === 0 ? '' : writeJson(configurable),
    runTags: from.take('tags', (value) => (isTexts(value) ? value : undefined), []),
    recursionLimit: from.take<number | null>(
      'recursion_limit',
      (value) =>
        Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 1_000_000
          ? Number(value)
          : undefined,
      null,
    ),
    configExtra: from.left(),
  };
}

function readPayload(payload: JsonObject): Fields {
  const from = taker(payload, (key) => shownElsewhere.has(key) || isStamped(key));
  const stops = (value: unknown) => (value === '*' || isTexts(value) ? value : undefined);
  const flag = (value: unknown) => (typeof value === 'boolean' ? value : undefined);
  const config = from.take<JsonObject>('config', (value) => (isJsonObject(value) ? value : undefined), {});
  return {
    input: from.take<CronDraft['input']>('input', inputToDraft, { kind: 'none' }),
    ...readConfig(config),
    context: from.take('context', (value) => (isJsonObject(value) ? writeJson(value) : undefined), ''),
    ...readWebhook(from.take('webhook', (value) => (typeof value === 'string' ? value : undefined), '')),
    interruptBefore: from.take<CronDraft['interruptBefore']>('interrupt_before', stops, []),
    interruptAfter: from.take<CronDraft['interruptAfter']>('interrupt_after', stops, []),
    multitask: from.take<CronDraft['multitask']>(
      'multitask_strategy',
      (value) => (oneOf(multitaskStrategies, value) ? value : undefined),
      null,
    ),
    durability: from.take<CronDraft['durability']>(
      'durability',
      (value) => (oneOf(durabilities, value) ? value : undefined),
      null,
    ),
    streamModes: from.take<CronDraft['streamModes']>('stream_mode', readStreamModes, []),
    streamSubgraphs: from.take('stream_subgraphs', flag, false),
    streamResumable: from.take('stream_resumable', flag, false),
    extra: from.left(),
  };
}

/** An address of Crondeck's own is shown as what it stands for: reports, passed on to the webhook within. */
function readWebhook(webhook: string): Pick<Fields, 'webhook' | 'report'> {
  const claims = readReportAddress(webhook);
  return claims === null ? { webhook, report: false } : { webhook: claims.forwardTo ?? '', report: true };
}

function readStreamModes(value: unknown): CronDraft['streamModes'] | undefined {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.every((mode) => oneOf(streamModes, mode)) ? list : undefined;
}

function readMetadata(metadata: JsonObject): Pick<CronDraft, 'name' | 'description' | 'tags' | 'metadata'> {
  const from = taker(metadata, isReservedMetadataKey);
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const known = {
    name: from.take('name', text, ''),
    description: from.take('description', text, ''),
    tags: from.take('tags', (value) => (isTexts(value) ? value : undefined), []),
  };
  const left = from.left();
  return { ...known, metadata: Object.keys(left).length === 0 ? '' : writeJson(left) };
}

function isKept({ target }: Cron): boolean {
  return target.kind === 'new-thread' && target.afterRun === 'keep';
}

/** The form for an existing cron. What the form has no field for is carried in `extra` and `configExtra`. */
export function cronToDraft(cron: Cron): CronDraft {
  return {
    assistantId: cron.assistantId,
    ...readMetadata(cron.metadata),
    schedules: [cron.schedule],
    zone: cron.zone,
    paused: !cron.enabled,
    end: cron.end.kind === 'at' ? { kind: 'at', atMs: cron.end.atMs } : cron.end,
    target: cron.target,
    keepDays: isKept(cron) ? readKeepDays(cron.metadata) : null,
    ...readPayload(cron.payload),
  };
}

/** A copy to start a new cron from: paused, so that nothing runs before somebody looked at it. */
export function duplicateDraft(cron: Cron): CronDraft {
  const draft = cronToDraft(cron);
  const end: CronDraft['end'] = draft.end.kind === 'unreadable' ? { kind: 'never' } : draft.end;
  return { ...draft, paused: true, end, name: draft.name === '' ? '' : `${draft.name} (copy)`.slice(0, 200) };
}
