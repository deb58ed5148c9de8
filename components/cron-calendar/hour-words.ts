import type { CalendarHour, CalendarMeasure, PastCounts, RunsCost } from '@/lib/crons/cron-calendar';
import { formatAmount } from '../cost/format-cost';
import { formatCompact, formatCount, plural } from '../ui/format-number';

/** Runs that began, or may have; those left out on purpose are none. */
export function ranOf({ ok, failed, open, vanished, inferred }: PastCounts): number {
  return ok + failed + open + vanished + inferred;
}

/** Runs of which nobody knows how they ended: certain to have begun, or not even that. */
export function uncertainOf({ vanished, inferred }: PastCounts): number {
  return vanished + inferred;
}

/** How runs ended, in words, what is inferred apart from what is certain: "28 ok, 1 failed". */
export function pastWords(past: PastCounts): string {
  const parts: readonly (readonly [number, string])[] = [
    [past.ok, 'ok'],
    [past.failed, 'failed'],
    [past.open, 'not at their end'],
    [past.vanished, 'deleted before their end was seen'],
    [past.inferred, 'started or skipped, not known which'],
    [past.skipped, 'left out'],
  ];
  const said = parts.flatMap(([count, words]) => (count > 0 ? `${formatCount(count)} ${words}` : []));
  return said.length === 0 ? 'nothing ran' : said.join(', ');
}

/** What runs cost together: "$1.20", "at least $1.20, 3 runs of unknown cost", "cost unknown". */
export function costWords({ micros, uncosted }: RunsCost, runs: number, currency: string): string {
  if (runs === 0) return formatAmount(0, currency);
  if (uncosted >= runs) return runs === 1 ? 'cost unknown' : `cost of ${plural(runs, 'run')} unknown`;
  const amount = formatAmount(micros / 1_000_000, currency);
  return uncosted === 0 ? amount : `at least ${amount}, ${plural(uncosted, 'run')} of unknown cost`;
}

/** Both parts of an hour together: what ran and what is still planned. */
export function wholeOf({ past, planned, plannedCost }: CalendarHour): RunsCost & { readonly runs: number } {
  return {
    runs: planned + (past === null ? 0 : ranOf(past)),
    micros: plannedCost.micros + (past?.cost.micros ?? 0),
    uncosted: plannedCost.uncosted + (past?.cost.uncosted ?? 0),
  };
}

/** What the heat of an hour stands for: runs, or what they cost as far as that is known. */
export function amountOf(hour: CalendarHour, measure: CalendarMeasure): number {
  const { runs, micros } = wholeOf(hour);
  return measure === 'count' ? runs : micros;
}

/** More signs do not fit into a cell. */
const widestText = 7;

/** The few signs a cell has room for; a question mark where runs cost nobody knows what. */
export function cellText(hour: CalendarHour, measure: CalendarMeasure, currency: string): string {
  const { runs, micros, uncosted } = wholeOf(hour);
  if (runs === 0) return '';
  if (measure === 'count') return formatCompact(runs);
  if (uncosted >= runs) return '?';
  const text = `${shortAmount(micros / 1_000_000, currency)}${uncosted > 0 ? '+' : ''}`;
  return text.length > widestText ? '' : text;
}

/** As amounts are written, but no finer than a hundredth and without decimals from ten on. */
function shortAmount(amount: number, currency: string): string {
  if (amount > 0 && amount < 0.01) return `<${formatAmount(0.01, currency).replace(/0$/, '')}`;
  const rounded = amount < 10 ? Math.round(amount * 100) / 100 : Math.round(amount);
  return formatAmount(rounded, currency).replace(amount < 10 ? /(\.\d\d)\d+/ : /()\.\d+/, '$1');
}

/** Everything a cell says, for who cannot see it. */
export function hourWords(
  hour: CalendarHour,
  measure: CalendarMeasure,
  currency: string,
  isUnwatched: boolean,
): string {
  const { past, planned, plannedCost } = hour;
  const withCost = (cost: RunsCost, runs: number) =>
    measure === 'cost' && runs > 0 ? `, ${costWords(cost, runs, currency)}` : '';
  const said: string[] = [];
  if (isUnwatched) said.push('not watched yet, nothing known');
  else if (past !== null) said.push(`${pastWords(past)}${withCost(past.cost, ranOf(past))}`);
  if (past === null || planned > 0)
    said.push(`${plural(planned, 'run')} planned${withCost(plannedCost, planned)}`);
  if (hour.all !== null) said.push(`${formatCount(hour.all)} of all crons`);
  return said.join('; ');
}
