import * as fc from 'fast-check';
import type { Cron, JsonObject } from './cron';
import { assistantIdSchema, cronIdSchema, threadIdSchema } from './ids';

export const cronId = cronIdSchema.parse('0197a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b');
export const assistantId = assistantIdSchema.parse('fe096781-5601-53d2-b2f6-0d3403f7e9ca');
export const threadId = threadIdSchema.parse('11111111-2222-4333-8444-555555555555');

/** A plain cron: every weekday at nine in Berlin, one message, kept threads. */
export function aCron(part: Partial<Cron> = {}): Cron {
  return {
    cronId,
    assistantId,
    target: { kind: 'new-thread', afterRun: 'keep' },
    schedule: '0 9 * * 1-5',
    zone: 'Europe/Berlin',
    enabled: true,
    end: { kind: 'never' },
    createdMs: Date.UTC(2026, 10, 1),
    updatedMs: Date.UTC(2026, 10, 1),
    nextRunMs: Date.UTC(2026, 10, 23, 8),
    userId: null,
    metadata: { name: 'Morning news' },
    payload: { input: { messages: [{ role: 'user', content: 'Summarise the news.' }] } },
    ...part,
  };
}

const jsonObject = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), {
  maxKeys: 4,
}) as fc.Arbitrary<JsonObject>;
const junk = fc.jsonValue({ maxDepth: 2 });
/** Mostly what the contract says, now and then something it does not say: servers store unknown keys and values. */
const mostly = (value: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 6, arbitrary: value }, { weight: 1, arbitrary: junk });
const stops = fc.oneof(fc.constant('*'), fc.array(fc.string({ minLength: 1 }), { maxLength: 3 }));
const mode = fc.constantFrom('values', 'messages', 'updates', 'messages-tuple', 'custom', 'debug');

const message = fc.record({
  role: fc.constantFrom('user', 'human', 'assistant'),
  content: fc.oneof(fc.string(), junk),
});
const input = fc.oneof(
  jsonObject,
  fc.array(jsonObject, { maxLength: 3 }),
  fc.record({ messages: fc.array(message, { maxLength: 2 }) }),
);
const config = fc.record(
  {
    tags: mostly(fc.array(fc.string())),
    recursion_limit: mostly(fc.integer({ min: 0, max: 2_000_000 })),
    configurable: mostly(jsonObject.map((own) => ({ ...own, cron_id: cronId }))),
    callbacks: junk,
  },
  { requiredKeys: [] },
);
const payload = fc.record(
  {
    assistant_id: fc.constant(assistantId),
    schedule: fc.constant('1 2 3 4 5'),
    input: mostly(input),
    config: mostly(config),
    context: mostly(jsonObject),
    webhook: mostly(fc.webUrl()),
    interrupt_before: mostly(stops),
    interrupt_after: mostly(stops),
    multitask_strategy: mostly(fc.constantFrom('reject', 'enqueue')),
    durability: mostly(fc.constantFrom('sync', 'async', 'exit')),
    stream_mode: mostly(fc.oneof(mode, fc.array(mode, { maxLength: 3 }))),
    stream_subgraphs: mostly(fc.boolean()),
    stream_resumable: mostly(fc.boolean()),
    if_not_exists: fc.constantFrom('create', 'reject'),
    langsmith_tracer: junk,
  },
  { requiredKeys: [] },
);
const metadata = fc.record(
  {
    name: mostly(fc.string()),
    description: mostly(fc.string()),
    tags: mostly(fc.array(fc.string())),
    owner: junk,
    cron_id: fc.constant(cronId),
    crondeck_group: fc.string(),
  },
  { requiredKeys: [] },
);

/** Any cron the API can hold, the odd ones included. */
export const anyCron: fc.Arbitrary<Cron> = fc
  .record({
    target: fc.oneof(
      fc.constant({ kind: 'thread' as const, threadId }),
      fc.record({
        kind: fc.constant('new-thread' as const),
        afterRun: fc.constantFrom('delete' as const, 'keep' as const),
      }),
    ),
    schedule: fc.constantFrom('0 9 * * 1-5', '*/5 * * * *', '@daily', '0 0 1 * * 30', ' 5  4 * * * '),
    zone: fc.constantFrom('UTC', 'Europe/Berlin', 'US/Eastern', 'Etc/GMT+5'),
    enabled: fc.boolean(),
    end: fc.oneof(
      fc.constant({ kind: 'never' as const }),
      fc.constant({ kind: 'unreadable' as const, text: 'tomorrow' }),
      fc
        .integer({ min: 0, max: 4e12 })
        .map((atMs) => ({ kind: 'at' as const, atMs, text: new Date(atMs).toISOString() })),
    ),
    metadata,
    payload,
  })
  .map((part) => aCron(part as Partial<Cron>));
