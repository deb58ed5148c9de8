import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DestinationKind } from '@/lib/alerts/alerts-view';
import { testMessage } from '@/lib/alerts/alert-message';
import { composeMessage } from '@/lib/alerts/compose-message';
import { startMailServer, startReceiver } from '@/e2e/support/receivers';
import type { Destination } from './destinations';
import { mailConfig } from './mail';
import { alertHosts, postJson } from './outbound';
import { sendAlert, type SendOptions } from './send';

const noon = Date.UTC(2026, 10, 21, 12);
const place = { id: 'production', name: 'Production', link: 'https://desk.example.com/production/crons' };
const message = testMessage(place, 'On call', 'UTC', noon);

let receiver: Awaited<ReturnType<typeof startReceiver>>;
let mail: Awaited<ReturnType<typeof startMailServer>>;
beforeEach(async () => {
  [receiver, mail] = await Promise.all([startReceiver(), startMailServer()]);
});
afterEach(async () => {
  await Promise.all([receiver.close(), mail.close()]);
});

function aDestination(kind: DestinationKind, address: string): Destination {
  const secret = kind === 'webhook' ? 'whsec_test' : null;
  return {
    destinationId: 'd',
    deployment: 'production',
    kind,
    name: 'On call',
    address,
    secret,
    rules: null,
    createdMs: noon,
  };
}

function options(env: Record<string, string> = {}): SendOptions {
  return {
    env: {
      CRONDECK_ALERT_HOSTS: receiver.host,
      CRONDECK_SMTP_URL: mail.url,
      CRONDECK_ALERT_FROM: 'Crondeck <desk@example.com>',
      ...env,
    },
    now: () => noon,
    timeoutMs: 300,
  };
}

describe('a webhook', () => {
  const send = () => sendAlert(message, aDestination('webhook', receiver.url), 17, options());

  test('is signed over its time and its body, so that neither can be changed', async () => {
    expect(await send()).toEqual({ kind: 'sent' });
    const [{ headers, body } = { headers: {}, body: '' }] = receiver.got;
    const expected = createHmac('sha256', 'whsec_test')
      .update(`${noon / 1000}.${body}`)
      .digest('hex');
    expect(headers).toMatchObject({
      'crondeck-timestamp': String(noon / 1000),
      'crondeck-signature': `v1=${expected}`,
      'crondeck-delivery': '17',
      'content-type': 'application/json',
    });
    expect(JSON.parse(body)).toMatchObject({ version: 1, delivery: '17', kind: 'test' });
  });

  test.each([
    [500, { kind: 'again', error: 'It answered 500: not <now>', waitMs: null }],
    [429, { kind: 'again', error: 'It answered 429: not <now>', waitMs: 90_000 }],
    [404, { kind: 'never', error: 'It answered 404: not <now>' }],
    [0, { kind: 'again', error: 'It did not answer in time.', waitMs: null }],
  ])('that is answered with %i', async (status, outcome) => {
    receiver.statuses.push(status);
    expect(await send()).toEqual(outcome);
  });

  test('follows no redirect', async () => {
    receiver.statuses.push(302);
    expect(await send()).toMatchObject({ kind: 'never', error: expect.stringContaining('redirected (302)') });
    expect(receiver.got).toHaveLength(1);
  });

  test('to a receiver that is off is tried again', async () => {
    const off = aDestination('webhook', 'http://127.0.0.1:9/');
    const outcome = await sendAlert(message, off, 1, options({ CRONDECK_ALERT_HOSTS: '127.0.0.1:9' }));
    expect(outcome).toMatchObject({ kind: 'again', error: expect.stringContaining('ECONNREFUSED') });
  });
});

describe('where messages may go', () => {
  const none = alertHosts({});

  test.each([
    'http://127.0.0.1:21/',
    'http://localhost/x',
    'http://[::1]/',
    'http://169.254.169.254/latest',
    'file:///etc/passwd',
    'http://u:p@team.example/',
  ])('not to %s', async (address) => {
    await expect(postJson(address, '{}', {}, { timeoutMs: 300, hosts: none })).rejects.toThrow(
      'may not be sent to',
    );
  });

  test('not to a name that stands for this machine', async () => {
    const port = receiver.host.split(':')[1];
    const address = `http://localhost.localdomain:${port}/`;
    await expect(postJson(address, '{}', {}, { timeoutMs: 2_000, hosts: none })).rejects.toThrow(
      /no address that reports may be sent to|getaddrinfo/,
    );
    expect(receiver.got).toEqual([]);
  });

  test('to exactly the host and port that were named', async () => {
    const other = new Set(['127.0.0.1:1']);
    await expect(postJson(receiver.url, '{}', {}, { timeoutMs: 300, hosts: other })).rejects.toThrow(
      'may not',
    );
    const named = alertHosts({ CRONDECK_ALERT_HOSTS: ` x:1, ${receiver.host.toUpperCase()} ` });
    expect((await postJson(receiver.url, '{}', {}, { timeoutMs: 300, hosts: named })).status).toBe(200);
  });
});

test('Slack gets text and blocks, unsigned', async () => {
  expect(await sendAlert(message, aDestination('slack', receiver.url), 1, options())).toEqual({
    kind: 'sent',
  });
  const body: unknown = JSON.parse(receiver.got[0]?.body ?? '');
  expect(body).toMatchObject({ text: expect.stringContaining('This is a test'), blocks: expect.any(Array) });
  expect(receiver.got[0]?.headers['crondeck-signature']).toBeUndefined();
});

describe('e-mail', () => {
  const to = (address: string, env: Record<string, string> = {}) =>
    sendAlert(message, aDestination('email', address), 1, options(env));

  test('arrives at a real mail server, with text and HTML', async () => {
    expect(await to('ops@example.com')).toEqual({ kind: 'sent' });
    expect(mail.got).toMatchObject([{ from: 'desk@example.com', to: ['ops@example.com'] }]);
    const { data = '' } = mail.got[0] ?? {};
    expect(data).toMatch(/^Subject: =\?UTF-8\?Q\?=5BProduction=5D_Test/m);
    expect(data).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(data).toMatch(/text\/plain[\s\S]*text\/html/);
  });

  test('to an address that smuggles lines or a second recipient goes to nobody else', async () => {
    await to('ops@example.com\r\nBcc: all@example.com');
    await to('ops@example.com, all@example.com');
    expect(mail.got.flatMap((each) => each.to).filter((each) => each === 'all@example.com')).toEqual([]);
    expect(mail.got.map(({ data }) => data).join('')).not.toMatch(/^Bcc:/m);
  });

  test('a name with a line break in it stays in the subject', async () => {
    const told = {
      alertId: 1,
      rule: 'failing',
      subject: 'a',
      name: 'x\r\nBcc: all@example.com',
      why: '',
      sinceMs: noon,
      endedMs: null,
      end: null,
    } as const;
    const frame = { deployment: place, base: 'https://desk.example.com', zone: 'UTC', atMs: noon };
    const hostile = composeMessage({ open: [told], resolved: [], passed: [] }, frame);
    expect(await sendAlert(hostile, aDestination('email', 'ops@example.com'), 1, options())).toEqual({
      kind: 'sent',
    });
    expect(mail.got[0]?.data.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/m);
  });

  test('a server that is busy is tried again, a refused recipient is not', async () => {
    mail.state.isBusy = true;
    expect(await to('ops@example.com')).toMatchObject({
      kind: 'again',
      error: expect.stringContaining('Try again later'),
    });
    mail.state.isBusy = false;
    expect(await to('ops@refused.example')).toMatchObject({
      kind: 'never',
      error: expect.stringContaining('No such user'),
    });
  });

  test('a server that is down is tried again', async () => {
    expect(await to('ops@example.com', { CRONDECK_SMTP_URL: 'smtp://127.0.0.1:9' })).toMatchObject({
      kind: 'again',
    });
  });

  test.each([
    [{}, 'CRONDECK_SMTP_URL and CRONDECK_ALERT_FROM are not set'],
    [{ CRONDECK_SMTP_URL: 'smtp://mail.example.com' }, 'CRONDECK_ALERT_FROM is not set'],
    [
      { CRONDECK_SMTP_URL: 'mail.example.com', CRONDECK_ALERT_FROM: 'a@b.example' },
      'not the address of a mail server',
    ],
    [
      { CRONDECK_SMTP_URL: 'smtp://mail.example.com', CRONDECK_ALERT_FROM: 'nobody' },
      'not an e-mail address',
    ],
  ])('that is not set up (%o) says what to set', (env, words) => {
    const config = mailConfig(env);
    expect(config.ok ? '' : config.error.message).toContain(words);
    expect(config.ok ? '' : config.error.hint).toContain('CRONDECK_SMTP_URL=');
  });
});
