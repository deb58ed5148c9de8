import { describe, expect, it } from 'vitest';
import { launchSettings } from './settings';

const nowhere = '/nonexistent-project';

describe('launchSettings', () => {
  it('starts the local deployment when nothing is configured', () => {
    expect(launchSettings({}, nowhere)).toEqual({
      ok: true,
      value: {
        host: '127.0.0.1',
        port: 3000,
        local: { port: 2024, portIsChosen: false, dataDir: `${nowhere}/.crondeck` },
      },
    });
  });

  it('starts no local deployment beside a configured one', () => {
    const read = launchSettings({ LANGGRAPH_API_URL: 'https://example.com' }, nowhere);
    expect(read.ok && read.value.local).toBeNull();
  });

  it.each(['0.0.0.0', '::', '192.168.1.5', 'deck.example.com'])(
    'refuses to listen on %s without access control',
    (host) => {
      const read = launchSettings({ CRONDECK_HOST: host }, nowhere);
      expect(read.ok ? null : read.error.code).toBe('open-address');
    },
  );

  it('listens elsewhere only when told twice', () => {
    const read = launchSettings({ CRONDECK_HOST: '0.0.0.0', CRONDECK_ALLOW_OPEN: '1' }, nowhere);
    expect(read.ok && read.value.host).toBe('0.0.0.0');
  });

  it.each(['abc', '0', '65536', '3.5', '-1'])('refuses PORT=%s and says what a port is', (port) => {
    const read = launchSettings({ PORT: port }, nowhere);
    expect(read.ok ? null : read.error.code).toBe('bad-port');
  });
});
