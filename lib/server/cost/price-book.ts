import 'server-only';
import { LRUCache } from 'lru-cache';
import type { PriceLookup } from '@/lib/cost/cost-of-run';
import type { HandSetCost } from '@/lib/cost/estimate-run-cost';
import { scalePrice, type ModelPrice } from '@/lib/cost/model-price';
import type { Usage } from '@/lib/cost/usage';
import type { AssistantId, CronId } from '@/lib/crons/ids';
import { catalogueData, catalogueEntry, type CatalogueEntry } from './price-catalogue';
import type { PriceSettings } from './price-settings';

type ModelOfCall = Pick<Usage, 'modelName' | 'modelProvider'>;

export type PricedModel = {
  readonly price: ModelPrice;
  /** Where the price comes from: set for the assistant, set for the model, or the price list of that date. */
  readonly from: 'assistant' | 'model' | 'price-list';
};

/** All prices of a deployment, in one currency. Read-only: new settings make a new book. */
export type PriceBook = {
  readonly currency: string;
  readonly data: typeof catalogueData;
  /** Null where the price is not known; it is never taken for 0. `atMs` (epoch) picks prices that change over time. */
  readonly priceOf: (call: ModelOfCall, assistantId: AssistantId | null, atMs: number) => PricedModel | null;
  /** The same for `costOfRun`, bound to an assistant and an instant. */
  readonly lookup: (assistantId: AssistantId | null, atMs: number) => PriceLookup;
  /** Tokens that fit into the model's context; null where not known. */
  readonly contextWindow: (call: ModelOfCall, atMs: number) => number | null;
  /** What somebody set for the cron, else for its assistant. */
  readonly handSet: (cronId: CronId | null, assistantId: AssistantId) => HandSetCost | null;
  /** Whether something was set for the cron itself. */
  readonly handSetForCron: (cronId: CronId) => boolean;
};

/** Some providers have prices by the time of day; their borders lie on quarters of an hour. */
const priceStepMs = 15 * 60_000;

/** Makes the price book from settings: what was set by hand first, then the offline price list in the settings' currency. */
export function createPriceBook(settings: PriceSettings): PriceBook {
  const found = new LRUCache<string, { readonly entry: CatalogueEntry | null }>({ max: 5000 });

  function listed(call: ModelOfCall, atMs: number): CatalogueEntry | null {
    const key = JSON.stringify([call.modelName, call.modelProvider, Math.floor(atMs / priceStepMs)]);
    const known = found.get(key);
    if (known !== undefined) return known.entry;
    const entry = inCurrency(catalogueEntry(call, atMs), settings.perDollar);
    found.set(key, { entry });
    return entry;
  }

  function priceOf(call: ModelOfCall, assistantId: AssistantId | null, atMs: number): PricedModel | null {
    const forAssistant = assistantId === null ? undefined : own(settings.assistants, assistantId);
    if (forAssistant !== undefined) return { price: forAssistant, from: 'assistant' };
    const forModel =
      call.modelName === null ? undefined : own(settings.models, call.modelName.trim().toLowerCase());
    if (forModel !== undefined) return { price: forModel, from: 'model' };
    const entry = listed(call, atMs);
    return entry === null ? null : { price: entry.price, from: 'price-list' };
  }

  return {
    currency: settings.currency,
    data: catalogueData,
    priceOf,
    lookup: (assistantId, atMs) => (call) => priceOf(call, assistantId, atMs)?.price ?? null,
    contextWindow: (call, atMs) => listed(call, atMs)?.contextWindow ?? null,
    handSet: (cronId, assistantId) =>
      (cronId === null ? undefined : own(settings.handSet, cronId)) ??
      own(settings.handSet, assistantId) ??
      null,
    handSetForCron: (cronId) => Object.hasOwn(settings.handSet, cronId),
  };
}

function inCurrency(entry: CatalogueEntry | null, perDollar: number): CatalogueEntry | null {
  return entry === null || perDollar === 1 ? entry : { ...entry, price: scalePrice(entry.price, perDollar) };
}

/** Model names come from messages: one called "constructor" must not find anything. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
