import { cronOwner } from '@/lib/crons/cron-name';
import type { Cron } from '@/lib/crons/cron';
import { cronStatusCodes, type CronRow, type CronStatusCode } from '@/lib/crons/cron-list';
import type { AssistantId, CronId, ThreadId } from '@/lib/crons/ids';
import { runStatuses } from '@/lib/crons/run';
import { cronStatus, cronStatusCode, type CronAround, type StatusSubject } from '@/lib/health/cron-status';
import { CronColumns } from './cron-columns';
import type { CronMove } from '../ledger/inferred-runs';
import { noInsight, type CronInsight } from './cron-insight';
import { NameTable } from './name-table';
import { ScheduleTable } from './schedule-table';
import { StringTable } from './string-table';
import { WaitingCrons } from './waiting-crons';

const statusNumber = Object.fromEntries(cronStatusCodes.map((code, number) => [code, number])) as Record<
  CronStatusCode,
  number
>;

/** No request lasts longer than this. */
const forgetRemovedMs = 180_000;

function orNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

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
  /** Crons of a first filling whose search texts are still to be made, and those costs and findings do not know of. */
  private readonly textless = new WaitingCrons();
  private readonly untold = new WaitingCrons();
  private isSearched = false;
  /** When the server last confirmed the next runs of all crons at once. */
  private confirmedMs = Number.NEGATIVE_INFINITY;
  private readonly removedMs = new Map<string, number>();
  private statusesFor = '';
  private statusesFromMs = Number.POSITIVE_INFINITY;
  private statusesUntilMs = Number.NEGATIVE_INFINITY;

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
   * a first filling (`isFirst`) is listed at once; the rest about it waits (see digest).
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
    const textWaits = isFirst && !this.isSearched;
    if (textWaits) this.textless.add(slot, cron);
    const changed = (!textWaits && this.writeText(slot, cron)) || written;
    if (known !== undefined && !changed) return 'same';
    this.rowVersion += 1;
    if (isFirst) this.untold.add(slot, cron);
    else this.tell(slot, cron);
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

  /** Does what waits for up to `most` crons of a first filling, search texts first; returns whether any are left. */
  digest(most: number): boolean {
    const { columns } = this;
    if (this.textless.take(most, (slot, cron) => columns.writeText(slot, cron))) return true;
    const isUnsigned = columns.signatures.sign(columns.texts, most);
    const isUntold = this.untold.take(most, (slot, cron) => this.insight.upserted(slot, cron));
    return isUnsigned || isUntold;
  }

  /**
   * Makes up to `most` of the search texts that wait, and lets none wait from now on; returns whether any are left. A search
   * needs all of them.
   */
  makeTexts(most: number): boolean {
    this.isSearched = true;
    return this.textless.take(most, (slot, cron) => this.columns.writeText(slot, cron));
  }

  private writeText(slot: number, cron: Cron): boolean {
    this.textless.drop(slot);
    return this.columns.writeText(slot, cron);
  }

  private tell(slot: number, cron: Cron): void {
    this.untold.drop(slot);
    this.insight.upserted(slot, cron);
  }

  /** Whether costs and findings have yet to be told about crons of a first filling. */
  get isTelling(): boolean {
    return this.untold.size > 0;
  }

  remove(id: string): boolean {
    const slot = this.columns.slotOf(id);
    if (slot === undefined) return false;
    this.textless.drop(slot);
    this.untold.drop(slot);
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
    if (!this.untold.has(slot)) this.insight.moved(slot);
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

  /** Brings the status of every cron up to date; cheap where nothing can have changed since the last time. */
  refreshStatuses(nowMs: number): void {
    const state = this.statusState();
    if (state === this.statusesFor && nowMs >= this.statusesFromMs && nowMs < this.statusesUntilMs) return;
    const { columns } = this;
    let changed = false;
    let untilMs = Number.POSITIVE_INFINITY;
    for (let slot = 0; slot < columns.used; slot += 1) {
      if (columns.alive[slot] === 0) continue;
      const status = statusNumber[cronStatusCode(this.subjectOf(slot), this.aroundOf(slot), nowMs)];
      const endMs = columns.endMs[slot] as number;
      if (endMs > nowMs && endMs < untilMs) untilMs = endMs;
      if (columns.status[slot] === status) continue;
      columns.status[slot] = status;
      changed = true;
    }
    if (changed) this.timeVersion += 1;
    this.statusesFor = this.statusState();
    this.statusesFromMs = nowMs;
    this.statusesUntilMs = untilMs;
  }

  private statusState(): string {
    return `${this.version}/${this.confirmedMs}/${this.clockOffsetMs}`;
  }

  statusCodeOf(slot: number): CronStatusCode {
    return cronStatusCodes[this.columns.status[slot] as number] as CronStatusCode;
  }

  /** Whether the cron will run again as things stood at the last refresh: enabled and not ended. */
  isLive(slot: number): boolean {
    const status = this.columns.status[slot];
    return status !== statusNumber.paused && status !== statusNumber.ended;
  }

  /** What people see; the server's own date for the next run, none where the cron does not run. */
  rowOf(slot: number, nowMs: number): CronRow {
    const { columns } = this;
    const schedule = this.schedules.at(columns.schedule[slot] as number);
    const assistant = this.assistants.at(columns.assistant[slot] as number);
    const owner = columns.owner[slot] as number;
    const status = cronStatus(this.subjectOf(slot), this.aroundOf(slot), nowMs);
    const runs = status.code !== 'paused' && status.code !== 'ended';
    return {
      cronId: columns.ids[slot] as CronId,
      name: columns.names[slot] as string,
      named: columns.named[slot] === 1,
      assistant: {
        id: assistant.id as AssistantId,
        name: assistant.name,
        graphId: assistant.graphId,
        gone: assistant.gone,
      },
      target: this.targetOf(slot),
      schedule: schedule.schedule,
      zone: schedule.zone,
      words: schedule.words,
      enabled: columns.enabled[slot] === 1,
      status,
      nextRunMs: runs ? orNull(columns.nextRunMs[slot]) : null,
      lastRun: this.lastRunOf(slot),
      runsADay: schedule.runsADay,
      endMs: orNull(columns.endMs[slot]),
      createdMs: orNull(columns.createdMs[slot]),
      updatedMs: orNull(columns.updatedMs[slot]),
      owner: owner < 0 ? null : (this.owners.values[owner] as string),
      group: columns.groupOf(slot),
      runsAMonth: orNull(columns.monthRuns[slot]),
      cost: this.insight.costOf(slot),
      findings: this.insight.findingsOf(slot),
    };
  }

  assistantOf(slot: number): AssistantId {
    return this.assistants.at(this.columns.assistant[slot] as number).id as AssistantId;
  }

  /** When the server last said something about the cron (time of asking, on its own clock). */
  seenMsOf(slot: number): number {
    return Math.max(this.columns.seenMs[slot] as number, this.confirmedMs) + this.clockOffsetMs;
  }

  private lastRunOf(slot: number): CronRow['lastRun'] {
    const atMs = orNull(this.columns.lastRunMs[slot]);
    const status = runStatuses[this.columns.lastRunStatus[slot] as number];
    return atMs === null || status === undefined ? null : { atMs, status };
  }

  private targetOf(slot: number): CronRow['target'] {
    const number = this.columns.thread[slot] as number;
    if (number < 0) {
      const isKept = this.columns.target[slot] === 1;
      const untilMeasured = isKept && this.columns.measured[slot] === 1;
      return { kind: 'new-thread', afterRun: isKept ? 'keep' : 'delete', untilMeasured };
    }
    const thread = this.threads.at(number);
    return { kind: 'thread', threadId: thread.id as ThreadId, name: thread.name, gone: thread.gone };
  }

  private subjectOf(slot: number): StatusSubject {
    const { columns } = this;
    return {
      enabled: columns.enabled[slot] === 1,
      end: columns.endOf(slot),
      nextRunMs: orNull(columns.nextRunMs[slot]),
    };
  }

  private aroundOf(slot: number): CronAround {
    const { columns } = this;
    const thread = columns.thread[slot] as number;
    return {
      schedule: this.schedules.at(columns.schedule[slot] as number).state,
      assistantGone: this.assistants.gone[columns.assistant[slot] as number] === 1,
      threadGone: thread >= 0 && this.threads.gone[thread] === 1,
      seenMs: this.seenMsOf(slot),
    };
  }
}
