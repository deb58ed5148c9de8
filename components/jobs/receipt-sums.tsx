import type { CronAction } from '@/lib/crons/cron-action';
import type { SelectionReceipt } from '@/lib/crons/selection-receipt';
import { fromMicros } from '@/lib/cost/receipt';
import { ReceiptLines, type ReceiptLine } from '../cron-delete/receipt-lines';
import { formatAmount, formatSum, isKnown } from '../cost/format-cost';
import { formatCount, plural } from '../ui/format-number';

/** The sums of a receipt for many: the dearest by name, then all of it. */
export function ReceiptSums({ receipt, kind }: { receipt: SelectionReceipt; kind: CronAction['kind'] }) {
  const { seen, sum, currency, top, idle } = receipt;
  const stops = kind === 'delete' || kind === 'pause';
  if (!stops) return null;
  const others = seen.count - top.length - idle;
  const lines: ReceiptLine[] = top.map(({ name, runsAMonth, monthMicros, atLeast }) => ({
    label: name.slice(0, 40),
    value:
      monthMicros === null
        ? runsAMonth === null
          ? 'not known'
          : plural(runsAMonth, 'run')
        : `${atLeast ? '≥ ' : ''}${formatAmount(fromMicros(monthMicros), currency)}`,
  }));
  if (others > 0) lines.push({ label: `${formatCount(others)} others that run`, value: '…' });
  if (idle > 0) lines.push({ label: `${formatCount(idle)} that do not run`, value: '0' });
  lines.push({ label: 'runs stopped a month', value: formatCount(sum.runsAMonth) });
  lines.push({
    label: 'saves a month',
    value: isKnown(sum) ? formatSum(sum, currency) : 'not known',
    isSum: true,
  });
  return (
    <>
      <ReceiptLines lines={lines} />
      {sum.unknown > 0 && (
        <p className="mb-2 text-sm text-ink-2">
          What {plural(sum.unknown, 'of them costs', 'of them cost')} is not known; they are not in the sum.
        </p>
      )}
      {sum.uncounted > 0 && (
        <p className="mb-2 text-sm text-ink-2">
          The runs of {plural(sum.uncounted, 'cron')} cannot be counted here.
        </p>
      )}
    </>
  );
}
