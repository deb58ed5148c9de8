const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** "4,812". */
export function formatCount(value: number): string {
  return whole.format(value);
}

/** "4.8k" from 10,000 on, where the exact figure would not fit. */
export function formatCompact(value: number): string {
  return value < 10_000 ? formatCount(value) : compact.format(value).toLowerCase();
}

/** A rate with as many digits as say something: "1,440", "44", "0.7", "0.03", "0". */
export function formatRate(value: number): string {
  if (value === 0) return '0';
  if (value >= 9.95) return whole.format(value);
  if (value >= 0.095) return String(Number(value.toFixed(1)));
  return value < 0.005 ? '<0.01' : String(Number(value.toFixed(2)));
}

/** "1 cron", "2 crons". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
