import { cronOwner } from '@/lib/crons/cron-name';
import type { Cron } from '@/lib/crons/cron';
import type { CronRow, CronStatusCode } from '@/lib/crons/cron-list';
import type { AssistantId, CronId } from '@/lib/crons/ids';
import type { CronMove } from '../ledger/inferred-runs';
import { CronColumns } from './cron-columns';
import { noInsight, type CronInsight } from './cron-insight';
import { cronRow } from './cron-row';
import { CronStatuses } from './cron-statuses';
import { NameTable } from './name-table';
import { ScheduleTable } from './schedule-table';
import { StringTable } from './string-table';
import { Undigested } from './undigested';

/** No request lasts longer than this. */
const forgetRemovedMs = 180_000;

/** All crons of one deployment with what they point at: what queries read and looks write. Holds no clock. */
export class CronSet {
  readonly columns = new CronColumns();
  readonly assistants = new NameTable((id) => `Assistant ${id.slice(0, 6)}`);
  readonly threads = new NameTable((id) => `Thread ${id.slice(0, 6)}`);
  readonly owners = new StringTable();
  readonly schedules: ScheduleTable;
  /** Goes up when a cron comes, goes or is edited. */
  rowVersion = 0;
  /** Goes up when a next run or a status changes: with every firing. */
  timeVersion = 0;
  /** Goes up when costs or findings change. */
  insightVersion = 0;
  insight: CronInsight = noInsight;
  /** The deployment's clock minus ours (ms): its dates are compared on its own clock. */
  clockOffsetMs = 0;
  /** Where somebody wants to know which crons were started: dates that moved on and were not changed. Null: nobody does. */
  moves: CronMove[] | null = null;
  readonly undigested = new Undigested(this.columns, (slot, cron) => this.insight.upserted(slot, cron));
  readonly statuses = new CronStatuses(this);
  /** When the server last confirmed the next runs of all crons at once. */
  confirmedMs = Number.NEGATIVE_INFINITY;
  private readonly removedMs = new Map<string, number>();

  constructor(secondsFirst: boolean) {
    this.schedules = new ScheduleTable(secondsFirst);
  }

  /** Changes whenever a query could answer differently. */
  get version(): number {
    return (
      this.rowVersion +
      this.timeVersion +
      this.insightVersion +
      this.assistants.version +
      this.threads.version
    );
  }

  /**
   * Takes a cron over as the server sent it; `askedMs` is when it was asked. An answer older than an edit is ignored. One of
   * a first filling (`isFirst`) is listed at once; the rest about it waits (see Undigested).
   */
  upsert(cron: Cron, askedMs: number, isFirst = false): 'added' | 'changed' | 'same' | 'outdated' {
    const known = this.columns.slotOf(cron.cronId);
    const editedMs = known === undefined ? this.removedMs.get(cron.cronId) : this.columns.editedMs[known];
    if (editedMs !== undefined && editedMs >= askedMs) return 'outdated';
    const owner = cronOwner(cron);
    const numbers = {
      assistant: this.assistants.intern(cron.assistantId),
      thread: cron.target.kind === 'thread' ? this.threads.intern(cron.target.threadId) : -1,
      schedule: this.schedules.intern(cron.schedule, cron.zone, askedMs),
      owner: owner === null ? -1 : this.owners.intern(owner),
    };
    const slot = known ?? this.columns.add(cron.cronId);
    if (known !== undefined && this.isStart(known, cron, numbers.schedule, askedMs))
      this.noteMove(known, cron.nextRunMs);
    const written = this.columns.write(slot, cron, numbers, askedMs);
    const { undigested } = this;
    const hasNewText = isFirst ? undigested.textLater(slot, cron) : undigested.textNow(slot, cron);
    if (known !== undefined && !written && !hasNewText) return 'same';
    this.rowVersion += 1;
    if (isFirst) undigested.tellLater(slot, cron);
    else undigested.tellNow(slot, cron);
    return known === undefined ? 'added' : 'changed';
  }

  /**
   * Whether a new date says that it was started or skipped, and not that somebody changed it: the cron was not touched, or
   * it was due and its schedule is the same (on Aegra every start touches it).
   */
  private isStart(slot: number, cron: Cron, schedule: number, askedMs: number): boolean {
    const { updatedMs, nextRunMs, enabled, schedule: before } = this.columns;
    if (Object.is(updatedMs[slot], cron.updatedMs ?? Number.NaN)) return true;
    const wasDue = (nextRunMs[slot] as number) <= askedMs + this.clockOffsetMs;
    return wasDue && before[slot] === schedule && enabled[slot] === 1 && cron.enabled;
  }

  /** Takes over the answer to an edit made here: answers that were asked before `nowMs` no longer count. */
  applyEdit(cron: Cron, nowMs: number): void {
    this.upsert(cron, nowMs);
    const slot = this.columns.slotOf(cron.cronId);
    if (slot !== undefined) this.columns.editedMs[slot] = nowMs;
  }

  /** Takes a cron out that was deleted here; a page asked for before that does not bring it back. */
  applyRemoval(id: string, nowMs: number): void {
    for (const [old, ms] of this.removedMs) if (ms < nowMs - forgetRemovedMs) this.removedMs.delete(old);
    this.removedMs.set(id, nowMs);
    this.remove(id);
  }

  remove(id: string): boolean {
    const slot = this.columns.slotOf(id);
    if (slot === undefined) return false;
    this.undigested.drop(slot);
    this.insight.removing(slot);
    this.columns.remove(slot);
    this.rowVersion += 1;
    return true;
  }

  setNextRun(slot: number, nextRunMs: number | null): void {
    const value = nextRunMs ?? Number.NaN;
    if (Object.is(this.columns.nextRunMs[slot], value)) return;
    this.noteMove(slot, nextRunMs);
    this.columns.nextRunMs[slot] = value;
    this.timeVersion += 1;
    if (!this.undigested.isUntold(slot)) this.insight.moved(slot);
  }

  private noteMove(slot: number, nextMs: number | null): void {
    const dueMs = this.columns.nextRunMs[slot] as number;
    if (this.moves === null || Number.isNaN(dueMs) || (nextMs !== null && nextMs <= dueMs)) return;
    const cronId = this.columns.ids[slot] as CronId;
    this.moves.push({ cronId, dueMs, nextMs, heldUntilMs: this.seenMsOf(slot) });
  }

  /** Notes that at `seenMs` the next runs of all crons were known to be what they are here. */
  confirm(seenMs: number): void {
    this.confirmedMs = Math.max(this.confirmedMs, seenMs);
  }

  refreshStatuses(nowMs: number): void {
    this.statuses.refresh(nowMs);
  }

  statusCodeOf(slot: number): CronStatusCode {
    return this.statuses.codeOf(slot);
  }

  isLive(slot: number): boolean {
    return this.statuses.isLive(slot);
  }

  rowOf(slot: number, nowMs: number): CronRow {
    return cronRow(this, slot, nowMs);
  }

  assistantOf(slot: number): AssistantId {
    return this.assistants.at(this.columns.assistant[slot] as number).id as AssistantId;
  }

  /** When the server last said something about the cron (time of asking, on its own clock). */
  seenMsOf(slot: number): number {
    return Math.max(this.columns.seenMs[slot] as number, this.confirmedMs) + this.clockOffsetMs;
  }
}
