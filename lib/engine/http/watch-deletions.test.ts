import { expect, test } from 'vitest';
import { anEngine } from '@/lib/engine/test-support/an-engine';

const THREAD = '7d0cf0e7-1111-4111-8111-111111111111';

test('a deleted thread takes its crons with it, and only those', async () => {
  const engine = await anEngine();
  engine.server.addThread(THREAD);
  const gone = await engine.create({}, THREAD);
  const stays = await engine.create();
  expect((await engine.call('DELETE', `/threads/${THREAD.toUpperCase()}`)).status).toBe(404);
  expect((await engine.call('DELETE', `/threads/${THREAD}`)).status).toBe(204);
  expect((await engine.call('GET', `/runs/crons/${gone}`)).status).toBe(404);
  expect((await engine.call('GET', `/runs/crons/${stays}`)).status).toBe(200);
});

test('a thread the server would not delete keeps its crons', async () => {
  const engine = await anEngine();
  engine.server.addThread(THREAD);
  const id = await engine.create({}, THREAD);
  engine.server.threads.clear();
  expect((await engine.call('DELETE', `/threads/${THREAD}`)).status).toBe(404);
  expect((await engine.call('GET', `/runs/crons/${id}`)).status).toBe(200);
});

test('a deleted assistant takes its crons with it', async () => {
  const engine = await anEngine();
  const gone = await engine.create();
  const stays = await engine.create({ assistant_id: 'other' });
  const { assistantId } = await engine.cron(gone);
  expect((await engine.call('DELETE', `/assistants/${assistantId}`)).status).toBe(204);
  expect((await engine.call('GET', `/runs/crons/${gone}`)).status).toBe(404);
  expect((await engine.call('GET', `/runs/crons/${stays}`)).status).toBe(200);
});
