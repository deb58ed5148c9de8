import type { CronId } from '@/lib/crons/ids';

/** One cron on a receipt: what it does in the next 30 days if nobody stops it. */
export type ReceiptRow = {
  readonly cronId: CronId;
  /** Null where the schedule cannot be counted. */
  readonly runsAMonth: number | null;
  /** Millionths of the currency's unit, whole, so that sums are exact; null where the cost is not known. */
  readonly monthMicros: number | null;
  readonly atLeast: boolean;
};

/** What the selected crons do together. An unknown cost is counted, never taken for 0. */
export type Receipt = {
  readonly crons: number;
  readonly runsAMonth: number;
  /** Crons whose runs cannot be counted; they are not in `runsAMonth`. */
  readonly uncounted: number;
  /** Sum of the known costs; null where none is known. */
  readonly monthMicros: number | null;
  readonly unknown: number;
  /** True where the sum is a lower bound: some costs are unknown or lower bounds themselves. */
  readonly atLeast: boolean;
};

/** An amount as whole millionths. */
export function toMicros(amount: number): number {
  return Math.round(amount * 1_000_000);
}

export function fromMicros(micros: number): number {
  return micros / 1_000_000;
}

/** Adds up the rows: runs, known costs, and how many costs are unknown. The order of the rows does not matter. */
export function receiptOf(rows: Iterable<ReceiptRow>): Receipt {
  let [crons, runsAMonth, uncounted, monthMicros, unknown] = [0, 0, 0, 0, 0];
  let atLeast = false;
  for (const row of rows) {
    crons += 1;
    if (row.runsAMonth === null) uncounted += 1;
    else runsAMonth += row.runsAMonth;
    if (row.monthMicros === null) unknown += 1;
    else monthMicros += row.monthMicros;
    atLeast ||= row.atLeast;
  }
  const known = crons - unknown;
  return {
    crons,
    runsAMonth,
    uncounted,
    monthMicros: known === 0 && crons > 0 ? null : monthMicros,
    unknown,
    atLeast: known > 0 && (atLeast || unknown > 0),
  };
}

/** The dearest first; those of unknown cost after them, the most runs first: they may be the dearest of all. */
export function rankByCost<Row extends ReceiptRow>(rows: readonly Row[]): Row[] {
  return rows.toSorted(
    (a, b) =>
      (b.monthMicros ?? -1) - (a.monthMicros ?? -1) ||
      (b.runsAMonth ?? 0) - (a.runsAMonth ?? 0) ||
      compareIds(a, b),
  );
}

function compareIds(a: ReceiptRow, b: ReceiptRow): number {
  return a.cronId < b.cronId ? -1 : Number(a.cronId > b.cronId);
}
