import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { usageFromMessages } from './usage-from-messages';

const counted = (input: number, output: number, more: object = {}) => ({
  input_tokens: input,
  output_tokens: output,
  total_tokens: input + output,
  ...more,
});
const answer = (id: string | null, usage: unknown, more: object = {}) => ({
  type: 'ai',
  content: 'Done.',
  ...(id === null ? {} : { id }),
  usage_metadata: usage,
  response_metadata: { model_name: 'gpt-4o-mini', model_provider: 'openai' },
  ...more,
});
const question = { type: 'human', id: 'q1', content: 'Go.' };
const read = (...messages: unknown[]) => usageFromMessages({ messages });

describe('what a message says', () => {
  test('usage_metadata, model and provider are read', () => {
    expect(read(question, answer('a', counted(100, 20))).calls).toEqual([
      { inputTokens: 100, outputTokens: 20, modelName: 'gpt-4o-mini', modelProvider: 'openai' },
    ]);
  });

  test('cache, audio and reasoning details are kept', () => {
    const usage = counted(1000, 300, {
      input_token_details: { cache_read: 400, cache_creation: 100, audio: 50 },
      output_token_details: { reasoning: 200, audio: 10 },
    });
    expect(read(answer('a', usage)).calls[0]).toMatchObject({
      inputTokens: 1000,
      cachedInputTokens: 400,
      cacheWriteTokens: 100,
      inputAudioTokens: 50,
      outputAudioTokens: 10,
      reasoningTokens: 200,
    });
  });

  test('cache writes split by lifetime are added up', () => {
    const details = { cache_creation: 0, ephemeral_5m_input_tokens: 30, ephemeral_1h_input_tokens: 70 };
    expect(read(answer('a', counted(500, 1, { input_token_details: details }))).calls[0]).toMatchObject({
      cacheWriteTokens: 100,
      longCacheWriteTokens: 70,
    });
  });

  test.each([
    [
      'the total gives it away',
      counted(500, 5, { total_tokens: 605, input_token_details: { cache_read: 100 } }),
      600,
    ],
    ['a part is larger than the whole', counted(5, 5, { input_token_details: { cache_read: 100 } }), 105],
    [
      'otherwise the input holds the cache',
      counted(500, 5, { input_token_details: { cache_read: 100 } }),
      500,
    ],
  ])('cache tokens counted beside the input: %s', (_, usage, input) => {
    expect(read(answer('a', usage)).calls[0]?.inputTokens).toBe(input);
  });

  test.each([
    [
      'token_usage of OpenAI',
      {
        token_usage: { prompt_tokens: 9, completion_tokens: 4, prompt_tokens_details: { cached_tokens: 3 } },
      },
      9,
      4,
      3,
    ],
    [
      'usage of Anthropic, cache beside the input',
      {
        usage: {
          input_tokens: 9,
          output_tokens: 4,
          cache_read_input_tokens: 3,
          cache_creation_input_tokens: 2,
        },
      },
      14,
      4,
      3,
    ],
    ['tokenUsage of JavaScript', { tokenUsage: { promptTokens: 9, completionTokens: 4 } }, 9, 4, undefined],
    ['usage of Bedrock', { usage: { inputTokens: 9, outputTokens: 4, cacheReadInputTokens: 3 } }, 12, 4, 3],
  ])('without usage_metadata the provider is believed: %s', (_, response, input, output, cached) => {
    const message = { type: 'ai', id: 'a', response_metadata: { model: 'm', ...response } };
    const [call] = read(message).calls;
    expect(call).toMatchObject({ inputTokens: input, outputTokens: output, modelName: 'm' });
    expect(call?.cachedInputTokens).toBe(cached);
  });

  test('zeros of a streamed answer give way to what the provider said', () => {
    const message = answer('a', counted(0, 0), {
      response_metadata: { usage: { prompt_tokens: 7, completion_tokens: 2 } },
    });
    expect(read(message).calls[0]).toMatchObject({ inputTokens: 7, outputTokens: 2, modelName: null });
  });

  test('the constructor form of LangChain is the same message', () => {
    const flat = answer('a', counted(3, 4));
    const wrapped = {
      lc: 1,
      type: 'constructor',
      id: ['langchain_core', 'messages', 'AIMessage'],
      kwargs: { ...flat, type: undefined },
    };
    expect(read(wrapped)).toEqual(read(flat));
  });
});

describe('what counts', () => {
  test('an id counts once, however often and in whichever list it stands', () => {
    const message = answer('a', counted(3, 4));
    expect(usageFromMessages({ messages: [message, message], history: [message] }).calls).toHaveLength(1);
  });

  test('only messages that were not seen before count, and all keys come back', () => {
    const first = read(answer('a', counted(3, 4)));
    const both = usageFromMessages(
      { messages: [answer('a', counted(3, 4)), answer('b', counted(5, 6))] },
      new Set(first.keys),
    );
    expect(both.calls).toMatchObject([{ inputTokens: 5, outputTokens: 6 }]);
    expect(both.keys).toEqual(['a', 'b']);
  });

  test('a message without an id counts once as well', () => {
    const first = read(answer(null, counted(3, 4)));
    expect(first.calls).toHaveLength(1);
    const again = usageFromMessages({ messages: [answer(null, counted(3, 4))] }, new Set(first.keys));
    expect(again.calls).toEqual([]);
  });

  test('what people and tools said costs nothing of its own', () => {
    expect(read(question, { type: 'tool', id: 't', usage_metadata: counted(1, 1) })).toMatchObject({
      calls: [],
      callsWithoutUsage: 0,
      keys: [],
    });
  });

  test('an answer without counts is counted as such, not as nothing', () => {
    expect(read({ type: 'ai', id: 'a', content: 'Hi' })).toMatchObject({ calls: [], callsWithoutUsage: 1 });
  });

  test.each([
    ['negative', counted(-1, 4)],
    ['fractional', counted(1.5, 4)],
    ['text', { input_tokens: '12', output_tokens: 4 }],
    ['not a number', { input_tokens: Number.NaN, output_tokens: 4 }],
    ['absurd', counted(1e15, 4)],
    ['a negative part', counted(10, 4, { input_token_details: { cache_read: -5 } })],
    ['reasoning above the output', counted(10, 4, { output_token_details: { reasoning: 5 } })],
  ])('impossible counts are refused: %s', (_, usage) => {
    expect(read(answer('a', usage))).toMatchObject({ calls: [], callsWithoutUsage: 1 });
  });
});

describe('hostile values', () => {
  const oddMessage = fc.oneof(
    fc.jsonValue(),
    fc.record({
      type: fc.constantFrom('ai', 'constructor', 'human', 7, null),
      id: fc.anything(),
      kwargs: fc.anything(),
      usage_metadata: fc.anything(),
      response_metadata: fc.anything(),
    }),
  );

  test('nothing throws, and every count that comes out is a possible one', () => {
    const values = fc.oneof(
      fc.anything(),
      fc.record({ messages: fc.oneof(fc.anything(), fc.array(oddMessage)) }),
    );
    fc.assert(
      fc.property(values, (given) => {
        for (const call of usageFromMessages(given).calls) {
          for (const count of [
            call.inputTokens,
            call.outputTokens,
            call.cachedInputTokens ?? 0,
            call.cacheWriteTokens ?? 0,
          ]) {
            expect(Number.isInteger(count) && count >= 0).toBe(true);
          }
          expect((call.cachedInputTokens ?? 0) + (call.cacheWriteTokens ?? 0)).toBeLessThanOrEqual(
            call.inputTokens,
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  test('reading a thread in two parts counts exactly what reading it at once counts', () => {
    const usage = fc.record({ input_tokens: fc.nat(9999), output_tokens: fc.nat(999) });
    fc.assert(
      fc.property(fc.array(usage, { maxLength: 20 }), fc.nat(20), (usages, cut) => {
        const all = usages.map((each, index) => answer(`m${index}`, each));
        const early = read(...all.slice(0, cut));
        const late = usageFromMessages({ messages: all }, new Set(early.keys));
        expect([...early.calls, ...late.calls]).toEqual(read(...all).calls);
      }),
    );
  });

  test('a thread of more messages than can be read says so', () => {
    const messages = Array.from({ length: 50_001 }, (_, index) => answer(`m${index}`, counted(1, 1)));
    const result = usageFromMessages({ messages });
    expect(result.truncated).toBe(true);
    expect(result.calls).toHaveLength(50_000);
  });
});
