import type { Cron } from '@/lib/crons/cron';

/** A page of a first filling that can be read once more. */
export type ReadAgain = () => readonly Cron[];

/**
 * Crons whose costs and findings wait until a first filling is done. Their pages are held as the bytes they came in and
 * read a second time: a hundred thousand crons as objects would cost the filling more in garbage collection.
 */
export class PutOffCrons {
  /** The page with the newest state of each cron that waits, by slot. */
  private readonly pageOf = new Map<number, ReadAgain>();
  private readonly pages = new Set<ReadAgain>();
  private reading: Iterator<Cron> | null = null;
  private page: ReadAgain | null = null;

  constructor(private readonly slotOf: (cronId: string) => number | undefined) {}

  get size(): number {
    return this.pageOf.size;
  }

  has(slot: number): boolean {
    return this.pageOf.has(slot);
  }

  add(slot: number, page: ReadAgain): void {
    this.pageOf.set(slot, page);
    this.pages.add(page);
  }

  /** What is known of the cron now came another way, or it is gone. */
  drop(slot: number): void {
    this.pageOf.delete(slot);
  }

  /** Hands over up to `most` crons; returns whether any are left. */
  take(most: number, tell: (slot: number, cron: Cron) => void): boolean {
    for (let told = 0; told < most;) {
      const cron = this.next();
      if (cron === null) return false;
      const slot = this.slotOf(cron.cronId);
      if (slot === undefined || this.pageOf.get(slot) !== this.page) continue;
      this.pageOf.delete(slot);
      tell(slot, cron);
      told += 1;
    }
    return this.pageOf.size > 0;
  }

  private next(): Cron | null {
    for (;;) {
      const cron = this.reading?.next();
      if (cron && !cron.done) return cron.value;
      const [page] = this.pages;
      this.page = page ?? null;
      this.reading = page ? page()[Symbol.iterator]() : null;
      if (!page) return null;
      this.pages.delete(page);
    }
  }
}
