import type { CostSum } from '@/lib/crons/cron-cost';
import type { CronColumns } from './cron-columns';

/** Adds up what crons run and cost a month as the columns say; unknown costs are counted and never taken for 0. */
export class CostCounter {
  private runs = 0;
  private uncounted = 0;
  private micros = 0;
  private known = 0;
  private unknown = 0;
  private bounds = 0;

  constructor(private readonly columns: Pick<CronColumns, 'monthRuns' | 'monthMicros' | 'atLeast'>) {}

  add(slot: number): void {
    const runs = this.columns.monthRuns[slot] as number;
    if (Number.isNaN(runs)) this.uncounted += 1;
    else this.runs += runs;
    const micros = this.columns.monthMicros[slot] as number;
    if (Number.isNaN(micros)) {
      this.unknown += 1;
      return;
    }
    this.micros += micros;
    this.known += 1;
    this.bounds += this.columns.atLeast[slot] as number;
  }

  get sum(): CostSum {
    const { known, unknown } = this;
    return {
      runsAMonth: this.runs,
      uncounted: this.uncounted,
      monthMicros: known === 0 && unknown > 0 ? null : this.micros,
      unknown,
      atLeast: known > 0 && (this.bounds > 0 || unknown > 0),
    };
  }
}
