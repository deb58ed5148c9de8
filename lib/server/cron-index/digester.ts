import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CronSet } from './cron-set';

/** Crons digested at a stretch: a millisecond or two, so that requests do not have to wait. */
const cronsATurn = 100;

/**
 * Does between other work what new crons need besides being listed: their signatures for the search, and telling costs
 * and findings about them. Until it is done, searches look into the texts themselves.
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

  private async run(): Promise<void> {
    const { columns } = this.set;
    while (!this.signal.aborted) {
      const unsigned = columns.signatures.sign(columns.texts, cronsATurn);
      const untold = this.set.tellPutOff(cronsATurn);
      if (!unsigned && !untold) return;
      await nextTurn();
    }
  }
}
