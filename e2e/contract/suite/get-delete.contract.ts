import { expect } from 'vitest';
import { send } from './api';
import { mustBe, mustSay } from './exchange';
import { aCron, findCron, storedCron } from './builders';
import { contract } from './contract-case';

const unknownId = '00000000-0000-4000-8000-000000000000';

contract('get/by-id', 'a cron is given by its id, as search gives it', async () => {
  const { cron_id, marker } = await aCron({ enabled: false });
  expect(mustBe(200, await send('GET', `/runs/crons/${cron_id}`)).body).toEqual(await storedCron(marker));
});

contract('get/unknown', 'an unknown id is 404', async () => {
  mustSay('Not Found', mustBe(404, await send('GET', `/runs/crons/${unknownId}`)));
});

contract('get/not-uuid', 'an id that is no UUID is 422', async () => {
  mustSay('Invalid cron ID: must be a UUID', mustBe(422, await send('GET', '/runs/crons/x')));
});

contract('delete/no-content', 'a deleted cron is answered with 204 and is gone', async () => {
  const { cron_id, marker } = await aCron({ enabled: false });
  expect(mustBe(204, await send('DELETE', `/runs/crons/${cron_id}`)).text).toBe('');
  expect(await findCron(marker)).toBeNull();
});

contract('delete/twice', 'the second time it is 404', async () => {
  const { cron_id } = await aCron({ enabled: false });
  mustBe(204, await send('DELETE', `/runs/crons/${cron_id}`));
  mustBe(404, await send('DELETE', `/runs/crons/${cron_id}`));
});

contract('delete/unknown.text', 'and says so', async () => {
  mustSay('Not Found', await send('DELETE', `/runs/crons/${unknownId}`));
});

contract('delete/not-uuid', 'an id that is no UUID is 422', async () => {
  mustSay('Invalid cron ID: must be a UUID', mustBe(422, await send('DELETE', '/runs/crons/x')));
});

contract('delete/leaves-others', 'another cron is not touched', async () => {
  const [gone, stays] = [await aCron({ enabled: false }), await aCron({ enabled: false })];
  mustBe(204, await send('DELETE', `/runs/crons/${gone.cron_id}`));
  expect((await storedCron(stays.marker)).cron_id).toBe(stays.cron_id);
});
