import type { Cron, JsonObject } from '@/lib/crons/cron';
import type { CronAction } from '@/lib/crons/cron-action';
import { isJsonObject, sameJson } from '@/lib/crons/draft-json';
import { parseInstant } from '@/lib/crons/parse-instant';

export type PatchAction = Exclude<CronAction, { readonly kind: 'delete' }>;

type Plan =
  | { readonly kind: 'patch'; readonly body: JsonObject }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'changed-since' };

function patch(body: JsonObject): Plan {
  return { kind: 'patch', body };
}

const nothing: Plan = { kind: 'nothing' };

/** The schedule goes along when a cron is enabled: otherwise a date that has passed would make it run at once. */
function enable(enabled: boolean, cron: Cron): Plan {
  return patch(enabled ? { enabled, schedule: cron.schedule } : { enabled });
}

function metadataBody(changed: JsonObject, cron: Cron, merges: boolean): Plan {
  return patch({ metadata: merges ? changed : { ...cron.metadata, ...changed } });
}

function endText(cron: Cron): string | null {
  return cron.end.kind === 'never' ? null : cron.end.text;
}

function endMs(cron: Cron): number | string | null {
  return cron.end.kind === 'at' ? cron.end.atMs : endText(cron);
}

/** The PATCH that does the action to the cron, or nothing where it is so already. */
export function planAction(action: PatchAction, cron: Cron, mergesMetadata: boolean): Plan {
  switch (action.kind) {
    case 'pause':
      return cron.enabled ? enable(false, cron) : nothing;
    case 'resume':
      return cron.enabled ? nothing : enable(true, cron);
    case 'set-end': {
      if (endMs(cron) === action.endMs) return nothing;
      return patch({ end_time: action.endMs === null ? null : new Date(action.endMs).toISOString() });
    }
    case 'set-zone':
      return cron.zone === action.zone ? nothing : patch({ timezone: action.zone });
    case 'add-metadata': {
      const same = Object.entries(action.metadata).every(([key, value]) =>
        sameJson(own(cron.metadata, key), value),
      );
      return same ? nothing : metadataBody(action.metadata, cron, mergesMetadata);
    }
  }
}

/** The PATCH that takes the action back: `before` is the cron as it was, `current` as it is. Leaves later changes alone. */
export function planUndo(action: PatchAction, before: Cron, current: Cron, mergesMetadata: boolean): Plan {
  switch (action.kind) {
    case 'pause':
    case 'resume':
      return current.enabled === before.enabled ? nothing : enable(before.enabled, current);
    case 'set-end': {
      if (endMs(current) === endMs(before)) return nothing;
      return endMs(current) === action.endMs
        ? patch({ end_time: endText(before) })
        : { kind: 'changed-since' };
    }
    case 'set-zone': {
      if (current.zone === before.zone) return nothing;
      return current.zone === action.zone ? patch({ timezone: before.zone }) : { kind: 'changed-since' };
    }
    case 'add-metadata':
      return undoMetadata(action.metadata, before, current, mergesMetadata);
  }
}

/** The API cannot remove a key: one that was added stays with the value null. */
function undoMetadata(added: JsonObject, before: Cron, current: Cron, merges: boolean): Plan {
  const keys = Object.keys(added);
  const old = Object.fromEntries(keys.map((key) => [key, own(before.metadata, key) ?? null]));
  if (keys.every((key) => sameJson(own(current.metadata, key) ?? null, old[key]))) return nothing;
  const untouched = keys.every((key) => sameJson(own(current.metadata, key), added[key]));
  return untouched ? metadataBody(old, current, merges) : { kind: 'changed-since' };
}

/** The first key of the PATCH that the server's answer does not show, although it accepted it; null where all is kept. */
export function notKept(body: JsonObject, cron: Cron): string | null {
  const kept: Readonly<Record<string, boolean>> = {
    enabled: cron.enabled === body.enabled,
    timezone: cron.zone === body.timezone,
    end_time: body.end_time === null ? cron.end.kind === 'never' : sameEnd(cron, body.end_time),
    metadata:
      isJsonObject(body.metadata) &&
      Object.entries(body.metadata).every(([key, value]) => sameJson(own(cron.metadata, key) ?? null, value)),
  };
  return Object.keys(body).find((key) => kept[key] === false) ?? null;
}

function sameEnd(cron: Cron, sent: unknown): boolean {
  return cron.end.kind === 'at' ? cron.end.atMs === parseInstant(sent) : endText(cron) === sent;
}

/** The part of a cron that an action is about: what Activity shows as before and after. All of it for a deletion. */
export function fieldsOf(action: CronAction, cron: Cron): JsonObject {
  switch (action.kind) {
    case 'delete':
      return cron;
    case 'pause':
    case 'resume':
      return { enabled: cron.enabled };
    case 'set-end':
      return { end: endText(cron) };
    case 'set-zone':
      return { zone: cron.zone };
    case 'add-metadata': {
      const keys = Object.keys(action.metadata).filter((key) => Object.hasOwn(cron.metadata, key));
      return { metadata: Object.fromEntries(keys.map((key) => [key, cron.metadata[key]])) };
    }
  }
}

function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
