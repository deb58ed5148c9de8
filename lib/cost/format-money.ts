/** How to write amounts: a currency of ISO 4217 and a language tag. */
export type MoneyStyle = { readonly currency: string; readonly locale: string };

/**
 * An amount for people, with as many digits as mean something: whole units from 100 on ("$212"), the currency's own
 * decimals from 1 on ("$3.40"), two significant digits below ("$0.0042"), and "< $0.000001" for next to nothing.
 */
export function formatMoney(amount: number, style: MoneyStyle): string {
  const size = Math.abs(amount);
  if (size === 0) return formatter(style, { maximumFractionDigits: 0 }).format(0);
  if (size < smallestShown) {
    return `< ${formatter(style, { maximumFractionDigits: 6 }).format(amount < 0 ? -smallestShown : smallestShown)}`;
  }
  if (size < 0.995)
    return formatter(style, { minimumSignificantDigits: 2, maximumSignificantDigits: 2 }).format(amount);
  if (size < 99.995) return formatter(style, {}).format(amount);
  return formatter(style, { maximumFractionDigits: 0 }).format(amount);
}

/** To the smallest unit of the currency ("$1,212.40"): for sums that somebody checks. */
export function formatMoneyExactly(amount: number, style: MoneyStyle): string {
  return formatter(style, {}).format(amount);
}

/** Whether `Intl` can write amounts of this currency: three letters that it knows. */
export function isCurrency(code: string): boolean {
  return Intl.supportedValuesOf('currency').includes(code);
}

const smallestShown = 0.000_001;
const formatters = new Map<string, Intl.NumberFormat>();

/** Building an Intl formatter costs more than a hundred uses of it. */
function formatter(style: MoneyStyle, digits: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${style.locale} ${style.currency} ${JSON.stringify(digits)}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(style.locale, {
    style: 'currency',
    currency: style.currency,
    ...digits,
  });
  formatters.set(key, made);
  return made;
}
