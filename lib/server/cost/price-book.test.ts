import { readFileSync } from 'node:fs';
import path from 'node:path';
import { calcPrice, findProvider } from '@pydantic/genai-prices';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { priceOfCall } from '@/lib/cost/model-price';
import { assistantIdSchema, cronIdSchema } from '@/lib/crons/ids';
import { createPriceBook } from './price-book';
import { catalogueData, catalogueEntry } from './price-catalogue';
import { parsePriceSettings } from './price-settings';

const now = Date.UTC(2026, 10, 21, 12);
const assistantId = assistantIdSchema.parse('fe096781-5601-53d2-b2f6-0d3403f7e9ca');
const cronId = cronIdSchema.parse('0197a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b');

function bookOf(settings: object) {
  const parsed = parsePriceSettings(settings);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return createPriceBook(parsed.value);
}

describe('the price list', () => {
  test('is the version whose date we show', () => {
    const file = path.resolve('node_modules/@pydantic/genai-prices/package.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: catalogueData.version });
  });

  test.each([
    ['gpt-4o-mini', 'openai'],
    ['claude-sonnet-4-20250514', 'anthropic'],
    ['gemini-2.5-pro', 'google_genai'],
    ['models/gemini-2.5-pro', undefined],
    ['deepseek-chat', 'openai'],
    ['llama-3.3-70b-versatile', 'groq'],
    ['mistral-large-latest', 'mistralai'],
  ])('knows %s of %s', (modelName, modelProvider) => {
    const entry = catalogueEntry(
      { modelName, ...(modelProvider === undefined ? {} : { modelProvider }) },
      now,
    );
    expect(entry?.price.input).toBeTruthy();
  });

  test.each([
    ['no-such-model', undefined],
    ['', undefined],
    [null, undefined],
    ['__proto__', undefined],
    ['constructor', 'openai'],
    ['gpt-4o-mini', 'ollama'],
    ['text-embedding-3-small', 'openai'],
  ])('does not know %s of %s, and says null and not 0', (modelName, modelProvider) => {
    expect(
      catalogueEntry({ modelName, ...(modelProvider === undefined ? {} : { modelProvider }) }, now),
    ).toBeNull();
  });

  test('says how much fits into the context where it is listed', () => {
    expect(bookOf({}).contextWindow({ modelName: 'gpt-4o-mini' }, now)).toBe(128_000);
    expect(bookOf({}).contextWindow({ modelName: 'no-such-model' }, now)).toBeNull();
  });
});

test('every model of the list costs what the list itself calculates', () => {
  const providers = [
    ['openai', 'openai'],
    ['anthropic', 'anthropic'],
    ['google_genai', 'google'],
    ['mistralai', 'mistral'],
    ['xai', 'x-ai'],
    ['groq', 'groq'],
    ['bedrock', 'aws'],
    ['openrouter', 'openrouter'],
  ] as const;
  const sizes = fc.record({
    input: fc.nat(400_000),
    output: fc.nat(50_000),
    cached: fc.double({ min: 0, max: 0.5, noNaN: true }),
    write: fc.double({ min: 0, max: 0.5, noNaN: true }),
  });
  let compared = 0;
  for (const [modelProvider, providerId] of providers) {
    for (const model of findProvider({ providerId })?.models ?? []) {
      const entry = catalogueEntry({ modelName: model.id, modelProvider }, now);
      const listed = calcPrice({ input_tokens: 0, output_tokens: 0 }, model.id, {
        providerId,
        timestamp: new Date(now),
      });
      if (entry === null || listed === null) continue;
      compared += 1;
      const property = fc.property(sizes, ({ input, output, cached, write }) => {
        const [cachedInputTokens, cacheWriteTokens] = [Math.floor(input * cached), Math.floor(input * write)];
        const theirs = calcPrice(
          {
            input_tokens: input,
            output_tokens: output,
            cache_read_tokens: cachedInputTokens,
            cache_write_tokens: cacheWriteTokens,
          },
          model.id,
          { providerId, timestamp: new Date(now) },
        );
        const ours = priceOfCall(
          {
            inputTokens: input,
            outputTokens: output,
            cachedInputTokens,
            cacheWriteTokens,
            modelName: model.id,
          },
          entry.price,
        );
        expect(ours).toBeCloseTo(theirs?.total_price ?? Number.NaN, 9);
      });
      fc.assert(property, { numRuns: 10 });
    }
  }
  expect(compared).toBeGreaterThan(800);
});

describe('prices set by hand', () => {
  const settings = {
    currency: 'EUR',
    perDollar: 0.5,
    models: { ' GPT-4o-mini ': { input: 9, output: 9 } },
    assistants: { [assistantId]: { input: 0, output: 0 } },
    handSet: { [assistantId]: { kind: 'per-run', amount: 1 }, [cronId]: { kind: 'per-run', amount: 2 } },
  };

  test('the assistant goes before the model, the model before the list, in the currency of the settings', () => {
    const book = bookOf(settings);
    expect(book.priceOf({ modelName: 'gpt-4o-mini' }, assistantId, now)).toMatchObject({
      from: 'assistant',
      price: { input: 0 },
    });
    expect(book.priceOf({ modelName: 'gpt-4o-mini' }, null, now)).toMatchObject({
      from: 'model',
      price: { input: 9 },
    });
    expect(book.priceOf({ modelName: 'gpt-4o' }, null, now)).toMatchObject({
      from: 'price-list',
      price: { input: 1.25, output: 5 },
    });
    expect(book.lookup(null, now)({ modelName: 'no-such-model' })).toBeNull();
  });

  test('what a run costs is looked up for the cron, then for its assistant', () => {
    const book = bookOf(settings);
    expect(book.handSet(cronId, assistantId)).toEqual({ kind: 'per-run', amount: 2 });
    expect(book.handSet(null, assistantId)).toEqual({ kind: 'per-run', amount: 1 });
    expect(bookOf({}).handSet(cronId, assistantId)).toBeNull();
  });

  test('a model called like a part of JavaScript finds nothing', () => {
    expect(bookOf(settings).priceOf({ modelName: 'constructor' }, null, now)).toBeNull();
  });

  test.each([
    [{ models: { m: { input: -1, output: 1 } } }, 'negative-price', 'models.m.input'],
    [{ models: { m: { input: 1, output: 50_000 } } }, 'absurd-price', 'models.m.output'],
    [{ models: { m: { input: 'x', output: 1 } } }, 'invalid-price-settings', 'models.m.input'],
    [{ models: { m: { input: 1 } } }, 'invalid-price-settings', 'models.m.output'],
    [{ currency: 'EURO' }, 'invalid-price-settings', 'currency'],
    [{ perDollar: 2 }, 'invalid-price-settings', 'perDollar'],
    [{ currency: 'EUR', perDollar: 0 }, 'invalid-price-settings', 'perDollar'],
    [
      { handSet: { [cronId]: { kind: 'per-run', amount: -1 } } },
      'invalid-price-settings',
      `handSet.${cronId}.amount`,
    ],
    ['prices', 'invalid-price-settings', ''],
  ])('%j is refused as %s at %s', (given, code, field) => {
    const parsed = parsePriceSettings(given);
    expect(parsed.ok ? null : [parsed.error.code, parsed.error.field]).toEqual([code, field]);
  });

  test('what is too dear in dollars may be a fair price in yen', () => {
    expect(
      parsePriceSettings({
        currency: 'JPY',
        perDollar: 150,
        models: { m: { input: 22_500, output: 90_000 } },
      }).ok,
    ).toBe(true);
  });
});
