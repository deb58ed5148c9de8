import type { Cron } from '@/lib/crons/cron';

/**
 * Crons, by slot, that something is still to be done with, and the latest that is known of each. A list and no Map: a
 * filling adds a hundred thousand, one slot after the other.
 */
export class WaitingCrons {
  /** How many wait. */
  size = 0;
  private readonly crons: (Cron | undefined)[] = [];
  /** No cron waits in a slot before this one. */
  private first = 0;

  has(slot: number): boolean {
    return this.crons[slot] !== undefined;
  }

  add(slot: number, cron: Cron): void {
    // A list with holes would be a slow one.
    while (this.crons.length < slot) this.crons.push(undefined);
    if (!this.has(slot)) this.size += 1;
    this.crons[slot] = cron;
    this.first = Math.min(this.first, slot);
  }

  drop(slot: number): void {
    if (!this.has(slot)) return;
    this.size -= 1;
    this.crons[slot] = undefined;
  }

  /** Hands over up to `most` crons, which wait no longer; returns whether any are left. */
  take(most: number, handle: (slot: number, cron: Cron) => void): boolean {
    for (let taken = 0; taken < most && this.size > 0; this.first += 1) {
      const cron = this.crons[this.first];
      if (cron === undefined) continue;
      this.drop(this.first);
      handle(this.first, cron);
      taken += 1;
    }
    if (this.size > 0) return true;
    this.crons.length = 0;
    this.first = 0;
    return false;
  }
}
