import { expect, inject } from 'vitest';
import { z } from 'zod';
import { send } from './api';
import { mustBe, mustSay } from './exchange';
import { aCron, aCronBody, anAssistant, aThread, createRaw, quiet, storedCron } from './builders';
import { contract } from './contract-case';
import { bodyOf, cronSchema, runsOf, searchCrons } from './wire';

const created = async (fields: Record<string, unknown> = {}, threadId: string | null = null) =>
  bodyOf(cronSchema, await createRaw(aCronBody(fields), threadId));

contract('create/answers-cron', 'a stateless create answers the stored cron', async () => {
  const cron = await created({ metadata: { a: 1 } });
  expect(cron).toMatchObject({ schedule: quiet, thread_id: null, enabled: true, metadata: { a: 1 } });
  expect(await searchCrons({ assistant_id: cron.assistant_id, metadata: { a: 1 } })).toContainEqual(cron);
});

contract('create/answers-thread-cron', 'a create on a thread answers the cron with that thread', async () => {
  const threadId = await aThread();
  expect(await created({}, threadId)).toMatchObject({ thread_id: threadId, enabled: true });
});

contract('create/paused-answers-cron', 'enabled false is stored', async () => {
  expect(await created({ enabled: false })).toMatchObject({ enabled: false, schedule: quiet });
});

contract('create/shape', 'a cron has every field of the contract, null where it has no value', async () => {
  const reply = await createRaw(aCronBody({ enabled: false }));
  const strict = cronSchema.extend({
    timezone: z.null(),
    end_time: z.null(),
    user_id: z.string().nullable(),
    on_run_completed: z.literal('delete'),
  });
  bodyOf(strict, reply);
});

contract('create/nothing-runs-at-once', 'no run is made at creation', async () => {
  const threadId = await aThread();
  await aCron({}, threadId);
  expect(await runsOf(threadId)).toEqual([]);
});

contract('create/assistant-by-name', 'a graph name is resolved to the id of its assistant', async () => {
  const cron = await created({ enabled: false });
  expect(cron.assistant_id).not.toBe(inject('server').graph);
});

contract('create/assistant-by-id', 'an assistant id is taken as it is', async () => {
  const assistantId = await anAssistant();
  expect((await created({ enabled: false, assistant_id: assistantId })).assistant_id).toBe(assistantId);
});

contract('create/input-optional', 'input may be left out', async () => {
  const { input: _, ...body } = aCronBody({ enabled: false });
  mustBe(200, await createRaw(body));
});

contract('create/input-array', 'input may be an array of objects', async () => {
  mustBe(200, await createRaw(aCronBody({ enabled: false, input: [{ messages: [] }] })));
});

contract('create/next-run-utc', 'without a zone the schedule is read in UTC', async () => {
  const { next_run_date } = await created({ enabled: false, schedule: '27 15 * * *' });
  expect(new Date(next_run_date ?? 0).toISOString()).toMatch(/T15:27:00\.000Z$/);
  const aheadMs = Date.parse(next_run_date ?? '') - Date.now();
  expect(aheadMs).toBeGreaterThan(-1000);
  expect(aheadMs).toBeLessThanOrEqual(86_400_000);
});

contract(
  'create/next-run-zone',
  'with a zone the schedule is read in it and the date given in UTC',
  async () => {
    const { next_run_date } = await created({
      enabled: false,
      schedule: '0 9 * * *',
      timezone: 'Asia/Kolkata',
    });
    expect(new Date(next_run_date ?? 0).toISOString()).toMatch(/T03:30:00\.000Z$/);
  },
);

contract('create/timezone-in-reply', 'the zone stands on the cron itself', async () => {
  expect(await created({ enabled: false, timezone: 'Europe/Berlin' })).toMatchObject({
    timezone: 'Europe/Berlin',
  });
});

contract('create/zone-names', 'links and fixed zones of the database are accepted', async () => {
  for (const timezone of ['UTC', 'GMT', 'Zulu', 'US/Eastern', 'Etc/GMT+5', 'CET', 'EST5EDT']) {
    mustBe(200, await createRaw(aCronBody({ enabled: false, timezone })));
  }
});

contract('create/seconds-last', 'a sixth field holds the seconds', async () => {
  const { next_run_date } = await created({ enabled: false, schedule: '27 15 * * * 5' });
  expect(new Date(next_run_date ?? 0).toISOString()).toMatch(/T15:27:05\.000Z$/);
});

contract(
  'create/schedule-grammar',
  'aliases, names, L, #, 7 for Sunday and blanks around are understood',
  async () => {
    for (const schedule of [
      '@daily',
      '0 9 L * *',
      '0 9 * * MON#1',
      '0 9 * JAN-MAR mon-fri',
      '0 9 * * 7',
      ' 0 9 * * * ',
    ]) {
      mustBe(200, await createRaw(aCronBody({ enabled: false, schedule })));
    }
  },
);

contract('create/end-time', 'an end date in the future is kept', async () => {
  const cron = await created({ enabled: false, end_time: '2035-01-01T00:00:00+02:00' });
  expect(Date.parse(cron.end_time ?? '')).toBe(Date.UTC(2034, 11, 31, 22));
});

contract('create/end-time-past', 'an end date in the past is accepted', async () => {
  const cron = await created({ enabled: false, end_time: '2020-01-01T00:00:00Z' });
  expect(Date.parse(cron.end_time ?? '')).toBe(Date.UTC(2020, 0, 1));
});

contract(
  'create/after-run-default',
  'a stateless cron deletes its threads unless told otherwise',
  async () => {
    expect(await created({ enabled: false })).toMatchObject({ on_run_completed: 'delete' });
  },
);

contract('create/after-run-keep', 'on_run_completed keep is kept', async () => {
  expect(await created({ enabled: false, on_run_completed: 'keep' })).toMatchObject({
    on_run_completed: 'keep',
  });
});

contract(
  'create/after-run-on-thread',
  'a thread cron has no on_run_completed, even if it is sent',
  async () => {
    const threadId = await aThread();
    expect(await created({ enabled: false, on_run_completed: 'keep' }, threadId)).toMatchObject({
      on_run_completed: null,
    });
  },
);

const wholeBody = {
  enabled: false,
  timezone: 'Europe/Berlin',
  metadata: { team: 'ops' },
  config: { tags: ['nightly'], recursion_limit: 7, configurable: { tone: 'dry' } },
  interrupt_before: '*',
  interrupt_after: ['finish'],
  stream_mode: ['values', 'updates'],
  stream_subgraphs: true,
  stream_resumable: true,
  durability: 'sync',
};

contract('create/run-fields-in-payload', 'what the run will need stands in the payload', async () => {
  const { payload } = await created(wholeBody);
  const { config: _, enabled: _e, metadata: _m, stream_resumable: _s, ...fields } = wholeBody;
  expect(payload).toMatchObject({ ...fields, config: { tags: ['nightly'], recursion_limit: 7 } });
});

contract('create/payload-is-the-body', 'the payload is the whole body, unknown keys included', async () => {
  const cron = await created({ ...wholeBody, if_not_exists: 'create' });
  expect(cron.payload).toMatchObject({
    ...wholeBody,
    schedule: quiet,
    assistant_id: cron.assistant_id,
    if_not_exists: 'create',
  });
});

contract(
  'create/cron-id-in-payload',
  "the payload's config carries the cron's id beside the caller's own",
  async () => {
    const cron = await created({ enabled: false, config: { configurable: { tone: 'dry' } } });
    expect(cron.payload).toMatchObject({ config: { configurable: { tone: 'dry', cron_id: cron.cron_id } } });
  },
);

contract('create/context', 'context alone is accepted', async () => {
  const { payload } = await created({ enabled: false, context: { user: 'ada' } });
  expect(payload).toMatchObject({ context: { user: 'ada' } });
});

contract('create/multitask-on-thread', 'each multitask strategy is accepted on a thread', async () => {
  const threadId = await aThread();
  for (const multitask_strategy of ['reject', 'rollback', 'interrupt', 'enqueue']) {
    const { payload } = await created({ enabled: false, multitask_strategy }, threadId);
    expect(payload).toMatchObject({ multitask_strategy });
  }
});

contract('create/hostile-text', 'any text survives the round trip', async () => {
  const metadata = {
    name: '<script>alert(1)</script>',
    quote: `'"; DROP TABLE cron; --`,
    emoji: '🗓️ 夜',
    rtl: '\u202Eabc',
  };
  const { marker } = await aCron({ enabled: false, metadata });
  expect((await storedCron(marker)).metadata).toMatchObject(metadata);
});

contract('create/reserved-metadata', "ids in the caller's metadata are dropped without a word", async () => {
  const id = crypto.randomUUID();
  const ids = { thread_id: id, assistant_id: id, run_id: id, cron_id: id };
  const { marker } = await aCron({ enabled: false, metadata: { ...ids, team: 'ops' } });
  expect((await storedCron(marker)).metadata).toEqual({ team: 'ops', marker });
});

contract('create/ids-differ', 'twenty creates at once give twenty crons', async () => {
  const assistantId = await anAssistant();
  await Promise.all(Array.from({ length: 20 }, () => created({ enabled: false, assistant_id: assistantId })));
  const ids = (await searchCrons({ assistant_id: assistantId })).map((cron) => cron.cron_id);
  expect(new Set(ids).size).toBe(20);
});

contract('create/thread-unknown', 'a thread that does not exist is 404', async () => {
  const threadId = crypto.randomUUID();
  mustBe(404, await send('POST', `/threads/${threadId}/runs/crons`, aCronBody()));
});

contract('create/thread-unknown.text', 'and says so', async () => {
  const threadId = crypto.randomUUID();
  mustSay(
    `Thread with ID '${threadId}' not found.`,
    await send('POST', `/threads/${threadId}/runs/crons`, aCronBody()),
  );
});

contract('create/thread-not-uuid', 'a thread id that is no UUID is 422', async () => {
  const reply = mustBe(422, await send('POST', '/threads/x/runs/crons', aCronBody()));
  mustSay('Invalid thread ID: must be a UUID', reply);
});
