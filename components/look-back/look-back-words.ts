import { fromMicros } from '@/lib/cost/receipt';
import type { LookBack, LookBackItem, LookBackPart } from '@/lib/crons/look-back';
import { formatAmount } from '../cost/format-cost';
import { formatMoment } from '../ui/format-instant';
import { formatCount, plural } from '../ui/format-number';

/** Whether nothing went wrong, as far as anyone knows. */
export function isCalm({ failed, missed, waiting }: LookBack): boolean {
  return failed.crons + missed.crons + waiting.crons === 0;
}

/** "4 crons, 213 runs"; where each has one, the runs need not be said. */
export function partText({ crons, runs }: LookBackPart): string {
  if (crons === 0) return 'None';
  return runs > crons ? `${plural(crons, 'cron')}, ${plural(runs, 'run')}` : plural(crons, 'cron');
}

/** Why a cron did not run, as far as anyone can know. */
export function missedWhy(
  { cronId: _, why }: LookBackItem,
  { standstill }: LookBack,
  nowMs: number,
  zone: string,
): string {
  if (why !== null) return why;
  if (standstill === null) return 'It was due, and no run of it is known.';
  const [from, to] = [standstill.fromMs, standstill.toMs].map((atMs) => formatMoment(atMs, nowMs, zone));
  return `Nothing at all was started from ${from} to ${to}.`;
}

/** What it cost: the amount, and what is not in it. An unknown cost is never 0. */
export function costText({ cost, ran }: Pick<LookBack, 'cost' | 'ran'>): {
  readonly amount: string;
  readonly note: string;
} {
  const { micros, uncosted, currency } = cost;
  if (ran === 0) return { amount: formatAmount(0, currency), note: 'no runs' };
  if (uncosted >= ran && micros === 0) return { amount: 'unknown', note: 'no run was measured' };
  const amount = formatAmount(fromMicros(micros), currency);
  return uncosted > 0
    ? { amount: `≥ ${amount}`, note: `${formatCount(uncosted)} of ${plural(ran, 'run')} not measured` }
    : { amount, note: `${plural(ran, 'run')}, all measured` };
}

/** One sentence for when there is nothing to look after. */
export function calmText({ ran, unclear }: LookBack): string {
  if (ran === 0) return 'Nothing was due, and nothing failed.';
  const known = ran - unclear;
  if (known === 0) return `${plural(ran, 'run')} began; how they ended is not known.`;
  const rest = unclear === 0 ? '' : `; how ${formatCount(unclear)} more ended is not known`;
  return `Nothing failed or was missed in ${plural(known, 'run')}${rest}.`;
}
