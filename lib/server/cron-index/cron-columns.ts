import { cronGroup, cronName } from '@/lib/crons/cron-name';
import { textInside } from '@/lib/crons/input-text';
import { readKeepDays } from '@/lib/crons/keep-days';
import type { Cron, CronEnd } from '@/lib/crons/cron';
import { targetKinds } from '@/lib/crons/cron-list';
import { ownIdKey } from '@/lib/crons/reserved-metadata';
import { NumberColumns, put } from './number-columns';
import { Signatures } from './signatures';
import { TermCache } from './term-cache';

/** Numbers a cron's neighbours are known by in the tables beside the columns. */
export type CronNumbers = {
  readonly assistant: number;
  readonly thread: number;
  readonly schedule: number;
  readonly owner: number;
};

function isFindable({ cronId, target, metadata }: Cron): boolean {
  return target.kind === 'new-thread' && target.afterRun === 'keep' && metadata[ownIdKey] === cronId;
}

/** The lower-case text of a cron itself; what it shares with others (schedule, assistant, thread) is searched there. */
export function searchTextOf(cron: Cron, name: string): string {
  const input = textInside(cron.payload.input, false);
  const metadata = textInside(cron.metadata, true);
  // join and toLowerCase make one flat string; a chain of concatenations would keep every piece alive.
  return [name, metadata, input].join('\n').toLowerCase();
}

function targetNumber(cron: Cron): number {
  const { target } = cron;
  return targetKinds.indexOf(
    target.kind === 'thread'
      ? 'thread'
      : target.afterRun === 'keep'
        ? 'new-thread-kept'
        : 'new-thread-deleted',
  );
}

/**
 * All crons of a deployment, one slot each: their texts, and a typed array per field (NumberColumns), so that they cost
 * little beyond their own text.
 */
export class CronColumns extends NumberColumns {
  /** Slots 0 to `used` - 1 exist; `alive` tells which hold a cron. */
  used = 0;
  size = 0;
  readonly ids: string[] = [];
  readonly names: string[] = [];
  readonly texts: string[] = [];
  readonly signatures = new Signatures();
  readonly termCache = new TermCache();
  private readonly slots = new Map<string, number>();
  private readonly free: number[] = [];
  /** End texts that are no date, and memberships of groups: few crons have them. */
  private readonly oddEnds = new Map<number, string>();
  private readonly groups = new Map<number, { readonly id: string; readonly part: string }>();

  slotOf(id: string): number | undefined {
    return this.slots.get(id);
  }

  /** A slot for a cron that has none. */
  add(id: string): number {
    const slot = this.takeSlot(id);
    this.slots.set(id, slot);
    this.size += 1;
    return slot;
  }

  /**
   * Writes a cron, but for its search text, into its slot and says whether anything is new. `askedMs` is when the server
   * was asked.
   */
  write(slot: number, cron: Cron, numbers: CronNumbers, askedMs: number): boolean {
    const { name, named } = cronName(cron);
    let changed = this.names[slot] !== name;
    this.names[slot] = name;
    changed = put(this.enabled, slot, cron.enabled ? 1 : 0) || changed;
    changed = put(this.named, slot, named ? 1 : 0) || changed;
    changed = put(this.target, slot, targetNumber(cron)) || changed;
    changed = put(this.findable, slot, isFindable(cron) ? 1 : 0) || changed;
    changed = put(this.measured, slot, readKeepDays(cron.metadata) === null ? 0 : 1) || changed;
    changed = put(this.assistant, slot, numbers.assistant) || changed;
    changed = put(this.thread, slot, numbers.thread) || changed;
    changed = put(this.schedule, slot, numbers.schedule) || changed;
    changed = put(this.owner, slot, numbers.owner) || changed;
    changed = put(this.nextRunMs, slot, cron.nextRunMs ?? Number.NaN) || changed;
    changed = put(this.endMs, slot, cron.end.kind === 'at' ? cron.end.atMs : Number.NaN) || changed;
    changed = put(this.createdMs, slot, cron.createdMs ?? Number.NaN) || changed;
    changed = put(this.updatedMs, slot, cron.updatedMs ?? Number.NaN) || changed;
    changed = this.setRare(slot, cron) || changed;
    this.seenMs[slot] = askedMs;
    return changed;
  }

  /** Writes what a search looks into, after `write`, and says whether it is new. */
  writeText(slot: number, cron: Cron): boolean {
    const text = searchTextOf(cron, this.names[slot] as string);
    if (this.texts[slot] === text) return false;
    this.texts[slot] = text;
    this.signatures.outdate(slot);
    this.termCache.forget(slot);
    return true;
  }

  remove(slot: number): void {
    if (this.alive[slot] !== 1) return;
    this.alive[slot] = 0;
    this.slots.delete(this.ids[slot] as string);
    for (const list of [this.ids, this.names, this.texts]) list[slot] = '';
    this.termCache.forget(slot);
    this.oddEnds.delete(slot);
    this.groups.delete(slot);
    this.free.push(slot);
    this.size -= 1;
  }

  endOf(slot: number): CronEnd {
    const text = this.oddEnds.get(slot);
    if (text !== undefined) return { kind: 'unreadable', text };
    const atMs = this.endMs[slot] as number;
    return Number.isNaN(atMs) ? { kind: 'never' } : { kind: 'at', atMs, text: '' };
  }

  hasOddEnd(slot: number): boolean {
    return this.oddEnds.has(slot);
  }

  groupOf(slot: number): { readonly id: string; readonly part: string } | null {
    return this.groups.get(slot) ?? null;
  }

  private setRare(slot: number, cron: Cron): boolean {
    const endBefore = this.oddEnds.get(slot);
    if (cron.end.kind === 'unreadable') this.oddEnds.set(slot, cron.end.text);
    else this.oddEnds.delete(slot);
    const groupBefore = this.groups.get(slot);
    const group = cronGroup(cron);
    if (group) this.groups.set(slot, group);
    else this.groups.delete(slot);
    return (
      endBefore !== this.oddEnds.get(slot) ||
      groupBefore?.id !== group?.id ||
      groupBefore?.part !== group?.part
    );
  }

  private takeSlot(id: string): number {
    const slot = this.free.pop() ?? this.used;
    if (slot === this.used) {
      this.used += 1;
      if (this.used > this.alive.length) this.grow();
    }
    this.alive[slot] = 1;
    this.findings[slot] = 0;
    this.monthRuns[slot] = Number.NaN;
    this.monthMicros[slot] = Number.NaN;
    this.atLeast[slot] = 0;
    this.lastRunMs[slot] = Number.NaN;
    this.editedMs[slot] = Number.NEGATIVE_INFINITY;
    this.ids[slot] = id;
    this.names[slot] = '';
    this.texts[slot] = '';
    return slot;
  }
}
