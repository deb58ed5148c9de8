import { expect } from 'vitest';
import { send } from './api';
import { aCron, anAssistant, aThread, findCron } from './builders';
import { contract } from './contract-case';

async function removed(path: string): Promise<void> {
  const reply = await send('DELETE', path);
  expect([200, 204], reply.exchange).toContain(reply.status);
}

contract('cascade/thread', 'a deleted thread takes its crons with it and no others', async () => {
  const [doomed, spared] = [await aThread(), await aThread()];
  const gone = await aCron({ enabled: false }, doomed);
  const stays = await aCron({ enabled: false }, spared);
  await removed(`/threads/${doomed}`);
  expect(await findCron(gone.marker)).toBeNull();
  expect(await findCron(stays.marker)).not.toBeNull();
});

contract('cascade/assistant', 'a deleted assistant takes its crons with it and no others', async () => {
  const [doomed, spared] = [await anAssistant(), await anAssistant()];
  const gone = await aCron({ enabled: false, assistant_id: doomed });
  const stays = await aCron({ enabled: false, assistant_id: spared });
  await removed(`/assistants/${doomed}`);
  expect(await findCron(gone.marker)).toBeNull();
  expect(await findCron(stays.marker)).not.toBeNull();
});
