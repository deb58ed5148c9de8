import type { Cron } from '@/lib/crons/cron';
import type { CronColumns } from './cron-columns';
import { WaitingCrons } from './waiting-crons';

/** Crons of a first filling that are listed already, and what is still to be done: search texts, costs and findings. */
export class Undigested {
  private readonly textless = new WaitingCrons();
  private readonly untold = new WaitingCrons();
  private isSearched = false;

  /** `tell` is told of each cron of which costs and findings do not know yet. */
  constructor(
    private readonly columns: CronColumns,
    private readonly tell: (slot: number, cron: Cron) => void,
  ) {}

  /** Whether costs and findings have yet to be told about some crons. */
  get isTelling(): boolean {
    return this.untold.size > 0;
  }

  isUntold(slot: number): boolean {
    return this.untold.has(slot);
  }

  /** Leaves the search text of a cron for later, unless somebody searches; returns whether it wrote a new one. */
  textLater(slot: number, cron: Cron): boolean {
    if (this.isSearched) return this.textNow(slot, cron);
    this.textless.add(slot, cron);
    return false;
  }

  /** Writes the search text of a cron; returns whether it is a new one. */
  textNow(slot: number, cron: Cron): boolean {
    this.textless.drop(slot);
    return this.columns.writeText(slot, cron);
  }

  tellLater(slot: number, cron: Cron): void {
    this.untold.add(slot, cron);
  }

  tellNow(slot: number, cron: Cron): void {
    this.untold.drop(slot);
    this.tell(slot, cron);
  }

  /** The cron is gone. */
  drop(slot: number): void {
    this.textless.drop(slot);
    this.untold.drop(slot);
  }

  /** Does what waits for up to `most` crons, search texts first; returns whether any are left. */
  digest(most: number): boolean {
    const { columns } = this;
    if (this.textless.take(most, (slot, cron) => columns.writeText(slot, cron))) return true;
    const isUnsigned = columns.signatures.sign(columns.texts, most);
    const isUntold = this.untold.take(most, this.tell);
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
}
