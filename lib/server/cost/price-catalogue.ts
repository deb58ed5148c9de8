import 'server-only';
import {
  calcPrice,
  type ModelPrice as CataloguePrice,
  type PriceCalculationResult,
} from '@pydantic/genai-prices';
import type { ModelPrice, Rate } from '@/lib/cost/model-price';
import type { Usage } from '@/lib/cost/usage';

/** The price list that comes with the package; a test keeps `version` in step with what is installed. */
export const catalogueData = { name: 'genai-prices', version: '0.1.8', date: '2026-09-23' } as const;

export type CatalogueEntry = {
  /** Dollars for a million tokens. */
  readonly price: ModelPrice;
  /** Tokens that fit into the model's context; null where the list does not say. */
  readonly contextWindow: number | null;
  readonly name: string;
};

/** LangChain's names of providers, as the price list calls them. A provider that is not here has no known price. */
const providers: ReadonlyMap<string, string> = new Map([
  ['anthropic', 'anthropic'],
  ['azure', 'azure'],
  ['azure_openai', 'azure'],
  ['bedrock', 'aws'],
  ['bedrock_converse', 'aws'],
  ['cohere', 'cohere'],
  ['deepseek', 'deepseek'],
  ['fireworks', 'fireworks'],
  ['google_genai', 'google'],
  ['google-genai', 'google'],
  ['google_vertexai', 'google'],
  ['google-vertexai', 'google'],
  ['google', 'google'],
  ['groq', 'groq'],
  ['mistral', 'mistral'],
  ['mistralai', 'mistral'],
  ['openai', 'openai'],
  ['openrouter', 'openrouter'],
  ['perplexity', 'perplexity'],
  ['together', 'together'],
  ['xai', 'x-ai'],
]);

/**
 * Looks a model up in the offline price list, at the prices of that instant (epoch ms). Null where the list does not know
 * the model or prices only half of what it does: a cost made of it would be too low.
 */
export function catalogueEntry(
  call: Pick<Usage, 'modelName' | 'modelProvider'>,
  atMs: number,
): CatalogueEntry | null {
  if (call.modelName === null) return null;
  const model = call.modelName.trim().replace(/^models\//, '');
  if (model === '') return null;
  const timestamp = new Date(atMs);
  if (call.modelProvider === undefined) return toEntry(calcPrice(noTokens, model, { timestamp }));
  const providerId = providers.get(call.modelProvider.toLowerCase());
  if (providerId === undefined) return null;
  const ofProvider = calcPrice(noTokens, model, { timestamp, providerId });
  // "openai" is also what a model behind an OpenAI-compatible address calls its provider.
  return toEntry(ofProvider ?? calcPrice(noTokens, model, { timestamp }));
}

const noTokens = { input_tokens: 0, output_tokens: 0 };

function toEntry(found: PriceCalculationResult): CatalogueEntry | null {
  const price = found === null ? null : toModelPrice(found.model_price);
  if (found === null || price === null) return null;
  const window = found.model.context_window;
  return {
    price,
    contextWindow: window !== undefined && window > 0 ? window : null,
    name: found.model.name ?? found.model.id,
  };
}

function toModelPrice(listed: CataloguePrice): ModelPrice | null {
  const [input, output] = [toRate(listed['input_mtok']), toRate(listed['output_mtok'])];
  const perThousandCalls = listed['requests_kcount'];
  if (input === null || output === null || typeof perThousandCalls === 'object') return null;
  const special = {
    cachedInput: toRate(listed['cache_read_mtok']),
    cacheWrite: toRate(listed['cache_write_mtok']),
    longCacheWrite: toRate(listed['cache_write_1h_mtok']),
    inputAudio: toRate(listed['input_audio_mtok']),
    outputAudio: toRate(listed['output_audio_mtok']),
    reasoning: toRate(listed['output_reasoning_mtok']),
    perCall: perThousandCalls === undefined ? null : perThousandCalls / 1000,
  };
  const given = Object.entries(special).filter(([, rate]) => rate !== null);
  return { input, output, ...Object.fromEntries(given) };
}

function toRate(listed: CataloguePrice[string]): Rate | null {
  if (listed === undefined) return null;
  if (typeof listed === 'number') return listed;
  const tiers = listed.tiers.toSorted((a, b) => a.start - b.start);
  return { base: listed.base, tiers: tiers.map((tier) => ({ above: tier.start, price: tier.price })) };
}
