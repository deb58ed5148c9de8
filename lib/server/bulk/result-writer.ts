import type { ChangeLedger, FinalCounts } from './change-ledger';
import type { ChangeDeps } from './change-target';
import type { SettledChange } from './settled-change';
import type { UpstreamGate } from './upstream-gate';

const pollEveryFlushes = 5;

export type ResultWriterOptions = {
  readonly ledger: ChangeLedger;
  readonly gate: UpstreamGate;
  readonly deps: ChangeDeps;
  /** Called when somebody has asked to cancel the entry. */
  readonly onCancel: () => void;
  /** Called when results cannot be written: the work has to stop. */
  readonly onBroken: () => void;
};

/** Collects the results of an entry and writes them down many at a time, with the counts they lead to. */
export class ResultWriter {
  /** Ends so far; set it to what was counted before the work goes on. */
  counts: FinalCounts = { done: 0, unchanged: 0, failed: 0, cancelled: 0 };
  private readonly results: SettledChange[] = [];

  constructor(private readonly options: ResultWriterOptions) {}

  add(change: SettledChange): void {
    this.results.push(change);
  }

  /** Writes results down while the work goes on. Where that fails the work stops: what cannot be written is not done. */
  async flushingMeanwhile(work: () => Promise<void>): Promise<void> {
    const until = new AbortController();
    const flusher = this.keepFlushing(until.signal).catch((error: unknown) => {
      this.options.onBroken();
      return { error };
    });
    try {
      await work();
    } finally {
      until.abort();
    }
    const broken = await flusher;
    if (broken) throw broken.error;
  }

  async flush(): Promise<void> {
    const { ledger, gate, onCancel } = this.options;
    const batch = this.results.splice(0);
    for (const change of batch) this.counts[change.state] += 1;
    if (await ledger.settle(batch, this.counts, gate.waiting)) onCancel();
  }

  private async keepFlushing(until: AbortSignal): Promise<void> {
    const { deps } = this.options;
    for (let round = 1; !until.aborted; round += 1) {
      await deps.wait(deps.pace.flushEveryMs, until);
      if (this.results.length > 0 || round % pollEveryFlushes === 0) await this.flush();
    }
  }
}
