import { isCurrency } from '@/lib/cost/format-money';
import type { PriceSetting, SetCost, SetPrice } from '@/lib/crons/cost-settings';
import { err, ok, type Result } from '@/lib/result';

/**
 * One line of the form. `name` is a model's name or an assistant's id; `first` and `second` are the prices of a million
 * tokens in and out, or for a run its cost.
 */
export type PriceRow = {
  readonly id: string;
  readonly kind: 'model' | 'assistant' | 'run' | 'kept';
  readonly name: string;
  readonly first: string;
  readonly second: string;
  /** What the form has no fields for; saved again as it is. */
  readonly rest?: Partial<SetPrice> | SetCost;
};

/** A message for each line that cannot be used, and for `currency` and `perDollar`. */
export type PriceErrors = Readonly<Record<string, string>>;

/** The lines of what is set. */
export function toRows({ models, assistants, handSet }: PriceSetting): readonly PriceRow[] {
  const priced = (kind: 'model' | 'assistant', prices: Readonly<Record<string, SetPrice>>) =>
    Object.entries(prices).map(([name, { input, output, ...rest }]): PriceRow => {
      const shown = { id: `${kind} ${name}`, kind, name, first: String(input), second: String(output) };
      return Object.keys(rest).length === 0 ? shown : { ...shown, rest };
    });
  const set = Object.entries(handSet).map(([name, cost]): PriceRow => {
    const id = `run ${name}`;
    return cost.kind === 'per-run'
      ? { id, kind: 'run', name, first: String(cost.amount), second: '' }
      : { id, kind: 'kept', name, first: '', second: '', rest: cost };
  });
  return [...priced('model', models), ...priced('assistant', assistants), ...set];
}

/** An amount as somebody types it, with a point or a comma; null where it is none or below 0. */
export function readAmount(text: string): number | null {
  const cleaned = text.trim().replace(',', '.');
  if (!/^\d+(\.\d+)?$/.test(cleaned)) return null;
  return Number(cleaned);
}

/** What the form says, or what is wrong with it line by line. */
export function readRows(
  rows: readonly PriceRow[],
  money: { readonly currency: string; readonly perDollar: string },
): Result<PriceSetting, PriceErrors> {
  const errors: Record<string, string> = {};
  const models: Record<string, SetPrice> = {};
  const assistants: Record<string, SetPrice> = {};
  const handSet: Record<string, SetCost> = {};
  const perDollar = readAmount(money.perDollar);
  if (!isCurrency(money.currency)) errors['currency'] = 'Use a code such as EUR.';
  if (perDollar === null || perDollar <= 0) errors['perDollar'] = 'Give a number above 0, such as 0.92.';
  for (const row of rows) {
    const name = row.kind === 'model' ? row.name.trim().toLowerCase() : row.name;
    const into = { model: models, assistant: assistants, run: handSet, kept: handSet }[row.kind];
    const problem = problemOf(row, name, Object.hasOwn(into, name));
    if (problem !== null) errors[row.id] = problem;
    else if (row.kind === 'kept') handSet[name] = row.rest as SetCost;
    else if (row.kind === 'run') handSet[name] = { kind: 'per-run', amount: readAmount(row.first) ?? 0 };
    else {
      const price = { input: readAmount(row.first) ?? 0, output: readAmount(row.second) ?? 0 };
      (row.kind === 'model' ? models : assistants)[name] = { ...(row.rest as Partial<SetPrice>), ...price };
    }
  }
  if (Object.keys(errors).length > 0) return err(errors);
  return ok({ currency: money.currency, perDollar: perDollar ?? 1, models, assistants, handSet });
}

function problemOf(row: PriceRow, name: string, isTaken: boolean): string | null {
  if (row.kind === 'kept') return null;
  if (name === '')
    return row.kind === 'model' ? 'Say which model.' : 'Choose an assistant, or remove the line.';
  if (isTaken) return 'There is another line for the same.';
  if (readAmount(row.first) === null) return 'Give an amount from 0 on, such as 2.50.';
  if (row.kind !== 'run' && readAmount(row.second) === null) return 'Give both prices, such as 2.50 and 10.';
  return null;
}
