import { expect } from 'vitest';
import { send } from './api';
import { mustBe } from './exchange';
import { contract } from './contract-case';

contract('info/says-crons', '/info says that there are crons', async () => {
  expect(mustBe(200, await send('GET', '/info')).body).toMatchObject({ flags: { crons: true } });
});

contract('info/version', '/info names a version', async () => {
  expect(mustBe(200, await send('GET', '/info')).body).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+/),
  });
});

contract('info/ok', '/ok says ok', async () => {
  expect(mustBe(200, await send('GET', '/ok')).body).toMatchObject({ ok: true });
});
