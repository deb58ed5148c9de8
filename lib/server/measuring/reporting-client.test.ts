import { afterEach, beforeEach, expect, test } from 'vitest';
import { cronId } from '@/lib/crons/a-cron.test-data';
import type { JsonObject } from '@/lib/crons/cron';
import { deploymentIdSchema } from '@/lib/crons/ids';
import { readReportAddress, reportMark } from '@/lib/crons/report-address';
import { err, ok } from '@/lib/result';
import { openToken, publicUrl } from './hook-address';
import { reportingClient } from './reporting-client';
import { aStore, problem } from './thread-server.test-data';

const deployment = deploymentIdSchema.parse('default');
let opened: Awaited<ReturnType<typeof aStore>>;
const sent: JsonObject[] = [];

beforeEach(async () => {
  opened = await aStore();
  sent.length = 0;
});
afterEach(() => opened.drop());

function client(base: string | null = 'https://deck.example') {
  const send = async (body: JsonObject) => {
    sent.push(body);
    return ok(body);
  };
  const plain = {
    createCron: send,
    createThreadCron: (_thread: string, body: JsonObject) => send(body),
    patchCron: async (_id: string, body: JsonObject) => {
      sent.push(body);
      return err(problem('refused'));
    },
  };
  return reportingClient(plain, { deployment, publicUrl: base, openStore: async () => opened.store });
}

test('a marked webhook becomes a signed address that says what it stands for', async () => {
  await client().createCron({ schedule: '* * * * *', webhook: `${reportMark}https://team.example/hook` });
  const address = String(sent[0]?.['webhook']);
  expect(readReportAddress(address)).toEqual({ deployment, forwardTo: 'https://team.example/hook' });
  const token = address.slice('https://deck.example/api/hooks/'.length);
  expect(await openToken(token, opened.store)).toEqual({
    deployment,
    forwardTo: 'https://team.example/hook',
  });
});

test('the same cron gets the same address every time, so that saving it again changes nothing', async () => {
  await client().createCron({ webhook: reportMark });
  await client().patchCron(cronId, { webhook: reportMark });
  expect(sent[0]).toEqual(sent[1]);
});

test('a webhook of somebody’s own is sent as it is', async () => {
  await client().createCron({ webhook: 'http://127.0.0.1/x' });
  await client().createCron({});
  expect(sent).toEqual([{ webhook: 'http://127.0.0.1/x' }, {}]);
});

test.each([
  ['without a public address', null, reportMark],
  ['to this machine', 'https://deck.example', `${reportMark}http://127.0.0.1:3000/`],
  ['to a relative address', 'https://deck.example', `${reportMark}/hook`],
])('reports %s are refused before anything is sent', async (_what, base, webhook) => {
  const made = await client(base).createCron({ webhook });
  expect(made).toMatchObject({ ok: false, error: { code: 'refused' } });
  expect(sent).toEqual([]);
});

test.each([
  [undefined, null],
  ['', null],
  ['deck.example', null],
  ['ftp://deck.example', null],
  ['https://user:secret@deck.example', null],
  ['https://deck.example/?x', null],
  ['https://deck.example/', 'https://deck.example'],
  [' http://deck.example/below/ ', 'http://deck.example/below'],
])('CRONDECK_PUBLIC_URL=%j is read as %j', (text, expected) => {
  expect(publicUrl({ CRONDECK_PUBLIC_URL: text })).toBe(expected);
});
