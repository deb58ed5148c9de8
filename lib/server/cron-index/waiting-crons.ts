import type { Cron } from '@/lib/crons/cron';

/** Crons, by slot, that something is still to be done with, and the latest that is known of each. */
export class WaitingCrons {
  private readonly crons = new Map<number, Cron>();

  get size(): number {
    return this.crons.size;
  }

  has(slot: number): boolean {
    return this.crons.has(slot);
  }

  add(slot: number, cron: Cron): void {
    this.crons.set(slot, cron);
  }

  drop(slot: number): void {
    this.crons.delete(slot);
  }

  /** Hands over up to `most` crons, which wait no longer; returns whether any are left. */
  take(most: number, handle: (slot: number, cron: Cron) => void): boolean {
    let taken = 0;
    for (const [slot, cron] of this.crons) {
      if (taken === most) break;
      this.crons.delete(slot);
      handle(slot, cron);
      taken += 1;
    }
    return this.crons.size > 0;
  }
}
