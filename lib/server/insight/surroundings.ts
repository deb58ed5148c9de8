import type { CronSet } from '../cron-index/cron-set';
import type { NameTable } from '../cron-index/name-table';

/** Watches what the findings of a cron depend on without the cron itself changing: time, its assistant and its thread. */
export class Surroundings {
  private overdue = new Uint8Array(0);
  private assistantStates: Uint8Array = new Uint8Array(0);
  private threadStates: Uint8Array = new Uint8Array(0);
  private seenVersion = '';

  constructor(private readonly set: CronSet) {}

  /**
   * The slots of crons whose assistant or thread has gone or come back, or that have become overdue or caught up, since the
   * last question.
   */
  changedSlots(): readonly number[] {
    const { columns, assistants, threads, timeVersion, rowVersion } = this.set;
    const version = `${timeVersion}/${rowVersion}/${assistants.version}/${threads.version}`;
    if (version === this.seenVersion) return [];
    this.seenVersion = version;
    const [assistantStates, threadStates] = [statesOf(assistants), statesOf(threads)];
    const assistantsChanged = differences(this.assistantStates, assistantStates);
    const threadsChanged = differences(this.threadStates, threadStates);
    this.makeRoom();
    const slots: number[] = [];
    for (let slot = 0; slot < columns.used; slot += 1) {
      if (columns.alive[slot] === 0) continue;
      const overdue = this.set.statusCodeOf(slot) === 'overdue' ? 1 : 0;
      const thread = columns.thread[slot] as number;
      const changed =
        this.overdue[slot] !== overdue ||
        assistantsChanged?.[columns.assistant[slot] as number] === 1 ||
        (thread >= 0 && threadsChanged?.[thread] === 1);
      this.overdue[slot] = overdue;
      if (changed) slots.push(slot);
    }
    this.assistantStates = assistantStates;
    this.threadStates = threadStates;
    return slots;
  }

  private makeRoom(): void {
    const { columns } = this.set;
    if (this.overdue.length >= columns.used) return;
    const larger = new Uint8Array(columns.alive.length);
    larger.set(this.overdue);
    this.overdue = larger;
  }
}

/** What a finding can depend on: 1 for gone, 2 for waiting at an interrupt. */
function statesOf(table: NameTable): Uint8Array {
  return Uint8Array.from(table.things, ({ gone, status }) => (gone ? 1 : status === 'interrupted' ? 2 : 0));
}

function differences(before: Uint8Array, after: Uint8Array): Uint8Array | null {
  const changed = after.map((state, number) => (state === (before[number] ?? 0) ? 0 : 1));
  return changed.includes(1) ? changed : null;
}
