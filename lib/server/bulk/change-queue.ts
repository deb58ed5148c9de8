import type { ChangeLedger } from './change-ledger';
import type { ChangeItem } from './change-outcome';

const claimedAtOnce = 128;

/** Hands out the changes of an entry one by one, and claims more when it runs short. Several workers may ask at once. */
export class ChangeQueue {
  private readonly items: ChangeItem[] = [];
  private claiming: Promise<void> | null = null;
  private exhausted = false;

  constructor(private readonly ledger: ChangeLedger) {}

  /** Puts in first what was under way when the entry was last given up. */
  async takeLeftOver(): Promise<void> {
    this.items.push(...(await this.ledger.leftOver()));
  }

  /** The next change to do; undefined when none is left. */
  async next(): Promise<ChangeItem | undefined> {
    while (this.items.length === 0 && !this.exhausted) {
      this.claiming ??= this.claimMore().finally(() => {
        this.claiming = null;
      });
      await this.claiming;
    }
    return this.items.shift();
  }

  private async claimMore(): Promise<void> {
    const items = await this.ledger.claim(claimedAtOnce);
    if (items.length === 0) this.exhausted = true;
    this.items.push(...items);
  }
}
