import type { JsonObject } from './cron';
import type { CronDraft } from './cron-draft';
import type { Capabilities } from './deployment';
import { draftToInput } from './draft-input';
import { readJsonObject } from './draft-json';
import { reportMark } from './report-address';
import { groupKey, keepDaysKey, partKey } from './reserved-metadata';

/** What a run gets, on the wire. Unknown keys of an existing cron travel along. */
export type WirePayload = {
  readonly input?: unknown;
  readonly config?: JsonObject;
  readonly context?: JsonObject;
  readonly webhook?: string;
  readonly interrupt_before?: '*' | readonly string[];
  readonly interrupt_after?: '*' | readonly string[];
  readonly multitask_strategy?: string;
  readonly durability?: string;
  readonly stream_mode?: readonly string[];
  readonly stream_subgraphs?: boolean;
  readonly stream_resumable?: boolean;
  readonly [key: string]: unknown;
};

export type WireCronCreate = WirePayload & {
  readonly assistant_id: string;
  readonly schedule: string;
  readonly timezone?: string;
  readonly end_time?: string;
  readonly enabled?: false;
  readonly on_run_completed?: 'delete' | 'keep';
  readonly metadata?: JsonObject;
};

/** One POST: to /runs/crons, or with a thread to /threads/{id}/runs/crons. */
export type CronCreate = { readonly threadId: string | null; readonly body: WireCronCreate };

type Options = {
  readonly capabilities: Pick<Capabilities, 'timezone'>;
  /** The thread made for a `reused-thread` draft; until there is one the create stays without (as code, for example). */
  readonly threadId?: string;
  /** Ties several crons of one draft together; needed where the draft has several schedules. */
  readonly groupId?: string;
  /** Metadata of a cron that is being replaced and that the form does not show. */
  readonly carried?: JsonObject;
};

type Present<T> = { readonly [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Drops what is undefined: on the wire absent means "not said". */
function present<T extends object>(parts: T): Present<T> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as Present<T>;
}

function filled<T extends string | readonly unknown[]>(value: T): T | undefined {
  return value.length > 0 ? value : undefined;
}

function keyed(object: JsonObject): JsonObject | undefined {
  return Object.keys(object).length > 0 ? object : undefined;
}

export function configOf(draft: CronDraft): JsonObject {
  return {
    ...draft.configExtra,
    ...present({
      tags: filled(draft.runTags),
      recursion_limit: draft.recursionLimit ?? undefined,
      configurable: readJsonObject(draft.configurable) ?? undefined,
    }),
  };
}

/** The part of a body that decides what a run gets; only what is set. JSON that is broken counts as not set. */
export function payloadOf(draft: CronDraft): WirePayload {
  return {
    ...draft.extra,
    ...present({
      input: draftToInput(draft.input),
      config: keyed(configOf(draft)),
      context: readJsonObject(draft.context) ?? undefined,
      webhook: filled(draft.report ? `${reportMark}${draft.webhook}` : draft.webhook),
      interrupt_before: filled(draft.interruptBefore),
      interrupt_after: filled(draft.interruptAfter),
      multitask_strategy: draft.multitask ?? undefined,
      durability: draft.durability ?? undefined,
      stream_mode: filled(draft.streamModes),
      stream_subgraphs: draft.streamSubgraphs || undefined,
      stream_resumable: draft.streamResumable || undefined,
    }),
  };
}

export function metadataOf(draft: CronDraft): JsonObject {
  return {
    ...readJsonObject(draft.metadata),
    ...present({
      name: filled(draft.name.trim()),
      description: filled(draft.description.trim()),
      tags: filled(draft.tags),
      [keepDaysKey]: keepDaysOf(draft) ?? undefined,
    }),
  };
}

function keepDaysOf({ target, keepDays }: CronDraft): number | null {
  return target.kind === 'new-thread' && target.afterRun === 'keep' ? keepDays : null;
}

/** Several crons of one draft say in their metadata what they belong to: "2 of 3". */
function groupOf(draft: CronDraft, index: number, groupId: string | undefined): JsonObject {
  const parts = draft.schedules.length;
  if (parts < 2 || groupId === undefined) return {};
  return { [groupKey]: groupId, [partKey]: `${index + 1} of ${parts}` };
}

/**
 * An end as it is sent. Written with an offset, because a server that reads it answers in UTC: one that answers with
 * this very text has only stored it, and its scheduler will choke on it.
 */
export function endTimeText(atMs: number): string {
  const shifted = new Date(atMs + 3_600_000).toISOString();
  return `${shifted.replace(/(\.000)?Z$/, '')}+01:00`;
}

function targetOf(draft: CronDraft): Pick<WireCronCreate, 'on_run_completed'> {
  // Always said: servers differ in what they do when it is left out.
  return draft.target.kind === 'new-thread' ? { on_run_completed: draft.target.afterRun } : {};
}

function threadOf(draft: CronDraft, made: string | undefined): string | null {
  switch (draft.target.kind) {
    case 'thread':
      return draft.target.threadId;
    case 'reused-thread':
      return made ?? null;
    case 'new-thread':
      return null;
  }
}

/** The create bodies of a valid draft, one for each schedule, in order. */
export function draftToWire(draft: CronDraft, options: Options): readonly CronCreate[] {
  const threadId = threadOf(draft, options.threadId);
  return draft.schedules.map((schedule, index) => {
    const metadata = { ...options.carried, ...metadataOf(draft), ...groupOf(draft, index, options.groupId) };
    const body = {
      ...payloadOf(draft),
      assistant_id: draft.assistantId,
      schedule: schedule.trim(),
      ...present({
        timezone: options.capabilities.timezone ? draft.zone : undefined,
        end_time: draft.end.kind === 'at' ? endTimeText(draft.end.atMs) : undefined,
        enabled: draft.paused ? (false as const) : undefined,
        metadata: keyed(metadata),
      }),
      ...targetOf(draft),
    } satisfies WireCronCreate;
    return { threadId, body };
  });
}
