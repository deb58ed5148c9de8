import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CronSet } from './cron-set';

/** Crons digested at a stretch: a millisecond or two, so that requests do not have to wait. */
const cronsATurn = 100;

/**
 * Does between other work what new crons need besides being listed: their texts and signatures for the search, and
 * telling costs and findings about them. Until it is done, searches look into the texts themselves.
 */
export class Digester {
  private running: Promise<void> | null = null;

  constructor(
    private readonly set: CronSet,
    private readonly report: (error: unknown) => void,
    private readonly signal: AbortSignal,
  ) {}

  kick(): void {
    this.running ??= this.run()
      .catch(this.report)
      .finally(() => {
        this.running = null;
      });
  }

  /** Resolves when nothing is left to digest. */
  async settled(): Promise<void> {
    await this.running;
  }

  /** Makes the texts searches look into; one that does not wait for this makes them at a stretch. */
  async makeTexts(): Promise<void> {
    while (this.set.undigested.makeTexts(cronsATurn)) await nextTurn();
  }

  private async run(): Promise<void> {
    while (!this.signal.aborted && this.set.undigested.digest(cronsATurn)) await nextTurn();
  }
}
