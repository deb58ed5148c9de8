import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { forwardReport, isForwardUrl } from './forward-report';

describe('addresses reports are passed on to', () => {
  test.each([
    'https://team.example/hook?x=1',
    'http://10.0.0.7:8080/hook',
    'http://[fd00::1]/hook',
    'https://93.184.216.34/',
  ])('%s is fine', (url) => {
    expect(isForwardUrl(url)).toBe(true);
  });

  test.each([
    '/relative',
    'ftp://team.example/',
    'https://user:secret@team.example/',
    'http://localhost:3000/',
    'http://sub.localhost/',
    'http://localhost./',
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://0.0.0.0/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fe80::1]/',
  ])('%s is not', (url) => {
    expect(isForwardUrl(url)).toBe(false);
  });
});

describe('passing on', () => {
  let server: Server;
  let statuses: number[];
  const bodies: string[] = [];
  const waited: number[] = [];

  beforeEach(async () => {
    bodies.length = 0;
    waited.length = 0;
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => (body += part));
      request.on('end', () => {
        bodies.push(body);
        const status = statuses.shift() ?? 200;
        response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  /** The name stands for the test's own server, which by its number would be refused. */
  function pass(): Promise<boolean> {
    const { port } = server.address() as AddressInfo;
    const wait = async (ms: number) => void waited.push(ms);
    return forwardReport(
      `http://team.example:${port}/hook`,
      '{"status":"success"}',
      wait,
      (_host, options, done) =>
        options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4),
    );
  }

  test('sends the report as it came', async () => {
    statuses = [204];
    expect(await pass()).toBe(true);
    expect(bodies).toEqual(['{"status":"success"}']);
  });

  test('tries again where the other side may recover', async () => {
    statuses = [503, 429, 200];
    expect(await pass()).toBe(true);
    expect(waited).toEqual([1_000, 4_000]);
  });

  test('gives up after three tries', async () => {
    statuses = [500, 500, 500, 200];
    expect(await pass()).toBe(false);
    expect(bodies).toHaveLength(3);
  });

  test.each([400, 302])('takes %i for an answer and follows nothing', async (status) => {
    statuses = [status];
    expect(await pass()).toBe(false);
    expect(bodies).toHaveLength(1);
  });

  test('a name that stands for this machine is not connected to', async () => {
    const { port } = server.address() as AddressInfo;
    expect(await forwardReport(`http://localhost.localdomain:${port}/`, '{}', async () => undefined)).toBe(
      false,
    );
    expect(bodies).toEqual([]);
  });
});
