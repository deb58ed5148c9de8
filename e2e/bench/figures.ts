/** The value below which `share` (0 to 1) of the values lie, by nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Prints one line a program can read: `figure: NAME = VALUE UNIT (aim OP VALUE)`. */
export function figure(name: string, value: number, unit: string, aim?: string): void {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
  process.stdout.write(`figure: ${name} = ${value.toFixed(digits)} ${unit}${aim ? ` (aim ${aim})` : ''}\n`);
}
