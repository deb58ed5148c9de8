import { z } from 'zod';
import { isCurrency } from '@/lib/cost/format-money';
import { checkModelPrice, maxDollarsPerMillion, type PriceProblem } from '@/lib/cost/model-price';
import { maxTokensPerCall } from '@/lib/cost/usage';
import { err, ok, type Problem, type Result } from '@/lib/result';

const modelPriceSchema = z.strictObject({
  input: z.number(),
  output: z.number(),
  cachedInput: z.number().exactOptional(),
  cacheWrite: z.number().exactOptional(),
});

const tokens = z.int().min(0).max(maxTokensPerCall);

const handSetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('per-run'), amount: z.number().min(0).max(1_000_000) }),
  z.strictObject({
    kind: z.literal('tokens'),
    usage: z.strictObject({
      inputTokens: tokens,
      outputTokens: tokens,
      modelName: z.string().min(1).max(200),
    }),
  }),
]);

const modelName = z
  .string()
  .max(200)
  .transform((name) => name.trim().toLowerCase())
  .pipe(z.string().min(1));

/** Prices as somebody set them. All amounts are in `currency`, those of models for a million tokens. */
export const priceSettingsSchema = z.strictObject({
  currency: z
    .string()
    .refine(isCurrency, 'Use a currency code of three capital letters, such as EUR.')
    .default('USD'),
  /** Units of the currency for one dollar: the price list is in dollars. */
  perDollar: z.number().min(0.000_001).max(10_000_000).default(1),
  models: z.record(modelName, modelPriceSchema).default({}),
  /** For every model call of an assistant, whatever model it names: one's own hardware, or a contract. */
  assistants: z.record(z.guid(), modelPriceSchema).default({}),
  /** What a run costs or uses where nothing could be measured, by assistant or cron. */
  handSet: z.record(z.guid(), handSetSchema).default({}),
});

export type PriceSettings = z.infer<typeof priceSettingsSchema>;

export type PriceSettingsProblem = PriceProblem | Problem<'invalid-price-settings'>;

/** Reads price settings from a form or a file. Refuses what cannot be a price, naming the field. */
export function parsePriceSettings(given: unknown): Result<PriceSettings, PriceSettingsProblem> {
  const read = priceSettingsSchema.safeParse(given);
  if (!read.success) {
    const issue = read.error.issues[0];
    const field = issue?.path.join('.') ?? '';
    return err(invalid(field, issue?.message ?? 'not price settings'));
  }
  const settings = read.data;
  if (settings.currency === 'USD' && settings.perDollar !== 1) {
    return err(invalid('perDollar', 'one dollar is one dollar'));
  }
  for (const group of ['models', 'assistants'] as const) {
    for (const [name, price] of Object.entries(settings[group])) {
      const checked = checkModelPrice(price, maxDollarsPerMillion * settings.perDollar);
      if (!checked.ok) return err({ ...checked.error, field: `${group}.${name}.${checked.error.field}` });
    }
  }
  return ok(settings);
}

function invalid(field: string, message: string): PriceSettingsProblem {
  return {
    code: 'invalid-price-settings',
    field,
    message: `The price settings cannot be used: ${field === '' ? '' : `${field}: `}${message}`,
    hint: 'Nothing was changed. Correct the field and save again.',
  };
}
