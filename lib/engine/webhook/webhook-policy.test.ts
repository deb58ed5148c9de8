import { describe, expect, test } from 'vitest';
import { checkWebhook, type WebhookPolicy } from '@/lib/engine/webhook/webhook-policy';

const names: Record<string, string[]> = {
  'hooks.example.com': ['203.0.113.7'],
  'inside.example.com': ['10.0.0.5'],
  'sneaky.example.com': ['203.0.113.7', '127.0.0.1'],
  'sneaky6.example.com': ['::ffff:127.0.0.1'],
  localhost: ['127.0.0.1'],
};

const policy = (allowLoopback: boolean): WebhookPolicy => ({
  allowLoopback,
  resolve: async (host) => names[host] ?? Promise.reject(new Error('ENOTFOUND')),
});

describe('a webhook may go to', () => {
  test.each([
    'https://hooks.example.com/x?y=1',
    'http://hooks.example.com:8080/',
    'http://inside.example.com/',
    'http://192.168.1.10/',
    'http://172.16.0.1/',
    'http://[fd00::1]/',
    'https://203.0.113.7/',
  ])('%s', async (url) => {
    expect(await checkWebhook(url, policy(false))).toMatchObject({ ok: true });
  });
});

describe('a webhook may not go to', () => {
  test.each([
    ['http://localhost/', 'localhost address'],
    ['http://LOCALHOST./', 'localhost address'],
    ['http://api.localhost/', 'localhost address'],
    ['http://127.0.0.1/', 'loopback IP range'],
    ['http://127.8.9.10/', 'loopback IP range'],
    ['http://2130706433/', 'loopback IP range'],
    ['http://0x7f000001/', 'loopback IP range'],
    ['http://0x7f.1/', 'loopback IP range'],
    ['http://0177.0.0.1/', 'loopback IP range'],
    ['http://①②⑦.0.0.1/', 'loopback IP range'],
    ['http://user:pass@127.0.0.1/', 'loopback IP range'],
    ['http://[::ffff:127.0.0.1]/', 'loopback IP range'],
    ['http://[::ffff:7f00:1]/', 'loopback IP range'],
    ['http://[::127.0.0.1]/', 'loopback IP range'],
    ['http://[64:ff9b::7f00:1]/', 'loopback IP range'],
    ['http://[2002:7f00:1::]/', 'loopback IP range'],
    ['http://[::1]/', 'blocked IP range'],
    ['http://[0:0:0:0:0:0:0:1]/', 'blocked IP range'],
    ['http://[::]/', 'blocked IP range'],
    ['http://0.0.0.0/', 'blocked IP range'],
    ['http://0/', 'blocked IP range'],
    ['http://169.254.169.254/latest', 'blocked IP range'],
    ['http://[fe80::1]/', 'blocked IP range'],
    ['http://[::ffff:169.254.169.254]/', 'blocked IP range'],
    ['http://sneaky.example.com/', 'loopback IP range'],
    ['http://sneaky6.example.com/', 'loopback IP range'],
    ['http://unknown.example.com/', 'DNS resolution failed'],
    ['ftp://hooks.example.com/', "scheme 'ftp' not allowed"],
    ['file:///etc/passwd', "scheme 'file' not allowed"],
  ])('%s: %s', async (url, why) => {
    expect(await checkWebhook(url, policy(false))).toEqual({
      ok: false,
      error: `Webhook host blocked: ${why}`,
    });
  });

  test.each(['nonsense', 'http://', '//hooks.example.com/x', ''])('%j, which names no host', async (url) => {
    expect(await checkWebhook(url, policy(false))).toEqual({
      ok: false,
      error: "Invalid webhook hostname ''",
    });
  });

  test('a route of the server itself', async () => {
    const refused = await checkWebhook('/internal/hook', policy(false));
    expect(refused).toEqual({ ok: false, error: expect.stringContaining('webhooks.url.disable_loopback') });
  });
});

describe('with loopback allowed', () => {
  test.each(['http://localhost:3000/', 'http://127.0.0.1/', 'http://[::1]/', '/own/route'])(
    '%s passes',
    async (url) => {
      expect(await checkWebhook(url, policy(true))).toMatchObject({ ok: true });
    },
  );

  test('link-local and unspecified addresses still do not', async () => {
    expect(await checkWebhook('http://169.254.169.254/', policy(true))).toMatchObject({ ok: false });
    expect(await checkWebhook('http://0.0.0.0/', policy(true))).toMatchObject({ ok: false });
  });
});
