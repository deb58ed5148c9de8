import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { engineSettings } from '@/lib/engine/settings';

describe('settings of the engine', () => {
  test('without anything are the local deployment on loopback', () => {
    expect(engineSettings([], {})).toMatchObject({
      ok: true,
      value: {
        host: '127.0.0.1',
        port: 2024,
        dataDir: path.resolve('.crondeck'),
        upstream: null,
        runtime: { allowLoopbackWebhooks: false, maxBodyBytes: 16 * 1024 * 1024, logLevel: 'info' },
      },
    });
  });

  test('options win over the environment', () => {
    const env = {
      CRONDECK_LOCAL_PORT: '2030',
      CRONDECK_DATA_DIR: '/a',
      CRONDECK_UPSTREAM: 'http://a.example',
    };
    const read = engineSettings(['--port', '2031', '--data', '/b', '--upstream', 'https://b.example/x'], env);
    expect(read).toMatchObject({ ok: true, value: { port: 2031, dataDir: '/b' } });
    expect(read.ok && read.value.upstream?.href).toBe('https://b.example/x');
  });

  test.each([
    [['--port', '0'], {}, '--port is 0'],
    [['--port', 'x'], {}, '--port is x'],
    [['--port', '70000'], {}, '--port is 70000'],
    [['--upstream', 'b.example'], {}, 'is not a URL'],
    [['--upstream', 'ftp://b.example'], {}, 'is not a URL'],
    [['--nonsense'], {}, "Unknown option '--nonsense'"],
    [[], { CRONDECK_MAX_BODY_MB: '0' }, 'CRONDECK_MAX_BODY_MB is 0'],
    [[], { CRONDECK_KEEP_FIRINGS_DAYS: 'ten' }, 'CRONDECK_KEEP_FIRINGS_DAYS is ten'],
    [[], { CRONDECK_LOG_LEVEL: 'loud' }, 'CRONDECK_LOG_LEVEL=loud'],
    [['--host', '0.0.0.0'], {}, 'does not listen on 0.0.0.0'],
  ])('%j %j is refused: %s', (args, env, message) => {
    expect(engineSettings(args, env)).toMatchObject({
      ok: false,
      error: { code: 'bad-setting', message: expect.stringContaining(message) },
    });
  });

  test('an open address needs to be wanted', () => {
    expect(engineSettings(['--host', '0.0.0.0'], { CRONDECK_ALLOW_OPEN: '1' })).toMatchObject({ ok: true });
  });
});
