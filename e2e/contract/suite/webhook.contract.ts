import { afterAll, beforeAll, expect } from 'vitest';
import { mustBe, mustSay } from './exchange';
import { aCronBody, aRun, createRaw } from './builders';
import { aDueCron } from './due-cron';
import { contract } from './contract-case';
import { eventually } from './eventually';
import { patienceFor } from './soon';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver';

let receiver: WebhookReceiver;
beforeAll(async () => {
  receiver = await startWebhookReceiver();
});
afterAll(() => receiver.close());

async function delivered(fields: Record<string, unknown>) {
  const name = crypto.randomUUID();
  const cron = await aDueCron({ ...fields, webhook: receiver.url(name) });
  const [delivery] = await eventually('the webhook', patienceFor(cron.when), async () => {
    const all = receiver.deliveries(name);
    return all.length > 0 && all;
  });
  return { cron, body: delivery?.body };
}

contract(
  'webhook/kept',
  'a kept run is told with status, times, the cron and the values',
  async () => {
    const { cron, body } = await delivered({ on_run_completed: 'keep' });
    expect(body).toMatchObject({
      run_id: expect.any(String),
      thread_id: expect.any(String),
      assistant_id: cron.assistant_id,
      status: 'success',
      metadata: { marker: cron.marker },
      kwargs: { config: { configurable: { cron_id: cron.cron_id } } },
      run_started_at: expect.any(String),
      run_ended_at: expect.any(String),
      webhook_sent_at: expect.any(String),
      values: expect.any(Object),
    });
  },
  ['webhooks to this machine'],
);

contract(
  'webhook/deleted',
  'a run whose thread is deleted is told too',
  async () => {
    const { cron, body } = await delivered({ on_run_completed: 'delete' });
    expect(body).toMatchObject({
      status: 'success',
      kwargs: { config: { configurable: { cron_id: cron.cron_id } } },
    });
  },
  ['webhooks to this machine'],
);

contract(
  'webhook/failed',
  'a failed run is told with its error',
  async () => {
    const { body } = await delivered({ on_run_completed: 'keep', ...aRun({ fails: true }) });
    expect(body).toMatchObject({ status: 'error' });
    expect(body?.error).toMatchObject({ message: expect.any(String) });
  },
  ['failing agent', 'webhooks to this machine'],
);

const refusals: readonly (readonly [name: string, webhook: string, text: string])[] = [
  ['link-local', 'http://169.254.169.254/latest', 'Webhook host blocked: blocked IP range'],
  ['link-local-v6', 'http://[fe80::1]/', 'Webhook host blocked: blocked IP range'],
  ['unspecified', 'http://0.0.0.0/', 'Webhook host blocked: blocked IP range'],
  ['scheme', 'ftp://example.com/', "Webhook host blocked: scheme 'ftp' not allowed"],
  ['no-host', 'http://', "Invalid webhook hostname ''"],
  ['unknown-host', 'http://no-such-host.invalid/', 'Webhook host blocked: DNS resolution failed'],
];

for (const [name, webhook, text] of refusals) {
  const ask = () => createRaw(aCronBody({ enabled: false, webhook }));
  contract(`webhook/refuses-${name}`, 'with 422', async () => {
    mustBe(422, await ask());
  });
  contract(`webhook/refuses-${name}.text`, 'and the text says why', async () => mustSay(text, await ask()));
}

for (const [name, webhook] of [
  ['address', 'http://127.0.0.1/x'],
  ['name', 'http://localhost/x'],
  ['number', 'http://2130706433/x'],
  ['hexadecimal', 'http://0x7f.1/x'],
  ['v6', 'http://[::1]/x'],
  ['mapped', 'http://[::ffff:127.0.0.1]/x'],
] as const) {
  contract(
    `webhook/refuses-loopback-${name}`,
    'unless allowed by configuration',
    async () => {
      mustSay('Webhook host blocked', mustBe(422, await createRaw(aCronBody({ enabled: false, webhook }))));
    },
    ['no webhooks to this machine'],
  );
}

contract('webhook/private-network', 'private networks pass', async () => {
  mustBe(200, await createRaw(aCronBody({ enabled: false, webhook: 'http://10.1.2.3/hook' })));
});
