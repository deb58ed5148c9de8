import { expect } from 'vitest';
import { send } from './api';
import { mustBe, mustSay } from './exchange';
import { aCron, anAssistant, aThread } from './builders';
import { contract } from './contract-case';

const count = (query: unknown) => send('POST', '/runs/crons/count', query);

contract('count/integer', 'the answer is a bare integer', async () => {
  const assistant_id = await anAssistant();
  await aCron({ enabled: false, assistant_id });
  await aCron({ enabled: true, assistant_id });
  expect(mustBe(200, await count({ assistant_id })).body).toBe(2);
});

contract('count/everything', 'without a filter every cron is counted', async () => {
  await aCron({ enabled: false });
  expect(mustBe(200, await count({})).body).toSatisfy(
    (all: unknown) => Number.isInteger(all) && Number(all) > 0,
  );
});

contract('count/by-thread', 'thread_id narrows it', async () => {
  const thread_id = await aThread();
  await aCron({ enabled: false }, thread_id);
  expect(mustBe(200, await count({ thread_id })).body).toBe(1);
});

contract('count/by-metadata', 'metadata narrows it by containment', async () => {
  const assistant_id = await anAssistant();
  await aCron({ enabled: false, assistant_id, metadata: { deep: { a: 1, b: 2 } } });
  await aCron({ enabled: false, assistant_id });
  expect(mustBe(200, await count({ assistant_id, metadata: { deep: { a: 1 } } })).body).toBe(1);
});

contract('count/ignores-enabled', 'enabled is no filter of count', async () => {
  const assistant_id = await anAssistant();
  await aCron({ enabled: false, assistant_id });
  await aCron({ enabled: true, assistant_id });
  expect(mustBe(200, await count({ assistant_id, enabled: true })).body).toBe(2);
});

contract('count/refuses-assistant-by-name', 'with 422', async () => {
  mustSay('Invalid assistant ID: must be a UUID', mustBe(422, await count({ assistant_id: 'nope' })));
});

contract('count/refuses-thread-not-uuid', 'with 422', async () => {
  mustSay('Invalid thread ID: must be a UUID', mustBe(422, await count({ thread_id: 'x' })));
});
