import { err, ok, type Problem, type Result } from '@/lib/result';
import type { Usage } from './usage';

/**
 * Price of a million tokens, in the currency of the price settings. With tiers the price depends on the size of the call:
 * the last tier whose `above` is exceeded by the call's input tokens holds for all tokens of the call.
 */
export type Rate =
  | number
  | { readonly base: number; readonly tiers: readonly { readonly above: number; readonly price: number }[] };

/** What a model costs. A missing special rate means that such tokens cost what their kind costs. */
export type ModelPrice = {
  readonly input: Rate;
  readonly output: Rate;
  readonly cachedInput?: Rate;
  readonly cacheWrite?: Rate;
  readonly longCacheWrite?: Rate;
  readonly inputAudio?: Rate;
  readonly outputAudio?: Rate;
  readonly reasoning?: Rate;
  /** Flat amount for each call. */
  readonly perCall?: number;
};

export type PriceProblem = Problem<'negative-price' | 'absurd-price' | 'no-price'>;

/** In dollars. Ten times the dearest model sold so far; more is a price for a token or a slipped decimal point. */
export const maxDollarsPerMillion = 10_000;

/** Refuses a price with an amount that is negative, not a number, or above `max` (in the price's own currency). */
export function checkModelPrice(
  price: ModelPrice,
  max = maxDollarsPerMillion,
): Result<ModelPrice, PriceProblem> {
  for (const [field, rate] of Object.entries(price)) {
    for (const amount of amountsIn(rate)) {
      const problem = amountProblem(amount, field, max);
      if (problem !== null) return err(problem);
    }
  }
  return ok(price);
}

/** Why an amount for a million tokens cannot be a price, or null where it can. */
function amountProblem(amount: unknown, field: string, max: number): PriceProblem | null {
  if (typeof amount !== 'number' || !Number.isFinite(amount)) {
    return {
      code: 'no-price',
      field,
      message: `The ${field} price is not a number.`,
      hint: 'Give the price of one million tokens, for example 2.50.',
    };
  }
  if (amount < 0) {
    return {
      code: 'negative-price',
      field,
      message: `The ${field} price is below zero.`,
      hint: 'Use 0 for a model that costs nothing, or leave it out if the price is not known.',
    };
  }
  if (amount > max) {
    return {
      code: 'absurd-price',
      field,
      message: `The ${field} price of ${amount} for a million tokens is too high to be right.`,
      hint: `Prices are for one million tokens and at most ${max}. Check the decimal point.`,
    };
  }
  return null;
}

/**
 * What one model call costs, in the price's currency. Follows the way providers bill: the parts of the input (cached,
 * written to the cache, audio) at their own rates, the rest at the plain one; likewise the output.
 */
export function priceOfCall(usage: Usage, price: ModelPrice): number {
  const size = usage.inputTokens;
  const cached = Math.min(usage.cachedInputTokens ?? 0, size);
  const write = Math.min(usage.cacheWriteTokens ?? 0, size - cached);
  const longWrite = Math.min(usage.longCacheWriteTokens ?? 0, write);
  const inputAudio = Math.min(usage.inputAudioTokens ?? 0, size - cached - write);
  const outputAudio = Math.min(usage.outputAudioTokens ?? 0, usage.outputTokens);
  const reasoning = Math.min(usage.reasoningTokens ?? 0, usage.outputTokens - outputAudio);
  const cacheWrite = price.cacheWrite ?? price.input;
  const perMillion =
    (size - cached - write - inputAudio) * rateFor(price.input, size) +
    cached * rateFor(price.cachedInput ?? price.input, size) +
    (write - longWrite) * rateFor(cacheWrite, size) +
    longWrite * rateFor(price.longCacheWrite ?? cacheWrite, size) +
    inputAudio * rateFor(price.inputAudio ?? price.input, size) +
    (usage.outputTokens - outputAudio - reasoning) * rateFor(price.output, size) +
    outputAudio * rateFor(price.outputAudio ?? price.output, size) +
    reasoning * rateFor(price.reasoning ?? price.output, size);
  return perMillion / 1_000_000 + (price.perCall ?? 0);
}

/** The sizes of call (input tokens) above which some rate changes, ascending. */
export function tierBounds(price: ModelPrice): number[] {
  const bounds = Object.values(price).flatMap((rate) =>
    typeof rate === 'object' ? rate.tiers.map((tier) => tier.above) : [],
  );
  return [...new Set(bounds)].toSorted((a, b) => a - b);
}

/** The same price in another currency. */
export function scalePrice(price: ModelPrice, factor: number): ModelPrice {
  const scaled = Object.entries(price).map(([field, rate]) => [field, scaleRate(rate, factor)] as const);
  return Object.fromEntries(scaled) as ModelPrice;
}

function scaleRate(rate: Rate, factor: number): Rate {
  if (typeof rate === 'number') return rate * factor;
  return {
    base: rate.base * factor,
    tiers: rate.tiers.map((tier) => ({ above: tier.above, price: tier.price * factor })),
  };
}

function rateFor(rate: Rate, callInputTokens: number): number {
  if (typeof rate === 'number') return rate;
  return rate.tiers.reduce((price, tier) => (callInputTokens > tier.above ? tier.price : price), rate.base);
}

function amountsIn(rate: Rate): unknown[] {
  if (typeof rate !== 'object' || rate === null) return [rate];
  return [rate.base, ...rate.tiers.map((tier) => tier.price)];
}
