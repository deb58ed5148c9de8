import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, get } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PATIENCE = { timeout: 240_000 };

const running: ChildProcess[] = [];
const servers: Server[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  for (const server of servers.splice(0)) server.close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'engine-main-'));
  folders.push(folder);
  return folder;
}

async function aFreePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function start(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/engine/main.ts', ...args], {
    cwd: ROOT,
    env: { ...process.env, CRONDECK_LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  const printed = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (printed.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed.err += chunk.toString()));
  return {
    child,
    printed,
    async ready() {
      while (!printed.out.includes('ready')) {
        if (child.exitCode !== null) throw new Error(`ended: ${printed.err}`);
        await once(child.stdout, 'data');
      }
    },
    async ended() {
      if (child.exitCode === null) await once(child, 'exit');
      return child.exitCode;
    },
    async stop() {
      child.kill('SIGTERM');
      return this.ended();
    },
  };
}

async function json(url: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
  const response = await fetch(url, { ...init, headers: { 'content-type': 'application/json' } });
  return (await response.json()) as Record<string, unknown>;
}

/** The status of a request with a raw path, which `fetch` would tidy up first. */
function rawStatus(port: number, rawPath: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: rawPath }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).on('error', reject);
  });
}

describe('npm run engine', () => {
  test('keeps crons over an orderly stop, and ends with 0', PATIENCE, async () => {
    const [folder, port] = [await aFolder(), await aFreePort()];
    const first = start(['--port', String(port), '--data', folder]);
    await first.ready();
    const created = await json(`http://127.0.0.1:${port}/runs/crons`, {
      method: 'POST',
      body: JSON.stringify({ assistant_id: 'digest', schedule: '0 3 * * *' }),
    });
    expect(await first.stop()).toBe(0);
    const second = start(['--port', String(port), '--data', folder]);
    await second.ready();
    expect(await json(`http://127.0.0.1:${port}/runs/crons/${String(created['cron_id'])}`)).toEqual(created);
    expect(second.printed.out.trim().split('\n')).toHaveLength(1);
    expect(await second.stop()).toBe(0);
  });

  test('says what to do when the port is taken, and ends with 1', PATIENCE, async () => {
    const blocker = createServer();
    servers.push(blocker);
    blocker.listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as AddressInfo;
    const engine = start(['--port', String(port), '--data', await aFolder()]);
    expect(await engine.ended()).toBe(1);
    expect(engine.printed.err).toContain(`Port ${port} on 127.0.0.1 is taken.`);
    expect(engine.printed.err).toContain('--port');
  });

  test('refuses a folder that another engine holds', PATIENCE, async () => {
    const folder = await aFolder();
    const holder = start([
      '--port',
      String(await aFreePort()),
      '--data',
      folder,
      '--upstream',
      'http://127.0.0.1:9',
    ]);
    await holder.ready();
    const second = start([
      '--port',
      String(await aFreePort()),
      '--data',
      folder,
      '--upstream',
      'http://127.0.0.1:9',
    ]);
    expect(await second.ended()).toBe(1);
    expect(second.printed.err).toContain(`Another engine (process ${holder.child.pid})`);
    await holder.stop();
  });

  test('a setting that makes no sense ends it with 1 and names the setting', PATIENCE, async () => {
    const engine = start(['--port', 'high']);
    expect(await engine.ended()).toBe(1);
    expect(engine.printed.err).toContain('--port is high.');
  });
});

describe('npm run engine -- --upstream', () => {
  async function aSidecar(handle: Parameters<typeof createServer>[1]) {
    const upstream = createServer(handle);
    servers.push(upstream);
    upstream.listen(0, '127.0.0.1');
    await once(upstream, 'listening');
    const port = await aFreePort();
    const url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/base`;
    const engine = start(['--port', String(port), '--data', await aFolder(), '--upstream', url]);
    await engine.ready();
    return { port, engine, base: `http://127.0.0.1:${port}` };
  }

  test('passes streams, bodies, headers and odd paths on untouched', PATIENCE, async () => {
    const seen: { url: string; host: string; body: string; custom: string }[] = [];
    const { port, base, engine } = await aSidecar((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const custom = String(request.headers['x-custom']);
        seen.push({ url: request.url ?? '', host: String(request.headers.host), body, custom });
        if (request.url?.includes('/stream')) {
          response.writeHead(200, { 'content-type': 'text/event-stream', 'x-one': ['a', 'b'] });
          response.write('event: one\n\n');
          // The end comes only when the reader has seen the beginning.
          setTimeout(() => response.end('event: two\n\n'), 300);
          return;
        }
        response.writeHead(request.url?.includes('secret') ? 401 : 200, {
          'content-type': 'application/json',
        });
        response.end('{}');
      });
    });
    const streamed = await fetch(`${base}/runs/stream?a=1&b=%2F`, {
      method: 'POST',
      body: '{"x":1}',
      headers: { 'x-custom': 'yes' },
    });
    const parts: string[] = [];
    const body = streamed.body as unknown as AsyncIterable<Uint8Array>;
    for await (const chunk of body) parts.push(Buffer.from(chunk).toString());
    expect(parts).toEqual(['event: one\n\n', 'event: two\n\n']);
    expect(streamed.headers.get('x-one')).toBe('a, b');
    expect(seen.find((it) => it.url.includes('stream'))).toMatchObject({
      url: '/base/runs/stream?a=1&b=%2F',
      body: '{"x":1}',
      custom: 'yes',
    });
    expect(await rawStatus(port, '/secret/..//%2e')).toBe(401);
    expect(await rawStatus(port, 'http://elsewhere.example/secret')).toBe(401);
    expect(seen.every((it) => it.host.startsWith('127.0.0.1'))).toBe(true);
    expect(await engine.stop()).toBe(0);
  });

  test('turns away from the crons whom the server turns away', PATIENCE, async () => {
    const { base, engine } = await aSidecar((request, response) => {
      request.resume();
      const known = request.headers['x-api-key'] === 'good';
      response.writeHead(known ? 200 : 403, { 'content-type': 'application/json' });
      response.end(known ? '[]' : '{"detail":"who are you"}');
    });
    const ask = (key: string) =>
      fetch(`${base}/runs/crons/search`, { method: 'POST', body: '{}', headers: { 'x-api-key': key } });
    const refused = await ask('bad');
    expect([refused.status, await refused.json()]).toEqual([403, { detail: 'who are you' }]);
    expect((await ask('good')).status).toBe(200);
    expect((await fetch(`${base}/crondeck/metrics`)).status).toBe(403);
    await engine.stop();
  });

  test('with the server down it starts all the same and says so', PATIENCE, async () => {
    const port = await aFreePort();
    const engine = start([
      '--port',
      String(port),
      '--data',
      await aFolder(),
      '--upstream',
      'http://127.0.0.1:9',
    ]);
    await engine.ready();
    const health = await fetch(`http://127.0.0.1:${port}/ok`);
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({ ok: false });
    expect((await fetch(`http://127.0.0.1:${port}/threads/search`, { method: 'POST' })).status).toBe(502);
    expect(await engine.stop()).toBe(0);
  });
});
