import { readFileSync } from 'node:fs';
import path from 'node:path';
import ical from 'node-ical';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningBench } from '@/e2e/bench-deployment/start-bench-deployment';
import type { FeedList, MadeFeed } from '@/lib/crons/calendar-feed';
import { plainFilter } from '@/lib/crons/cron-list';
import { openDashboard } from '@/lib/server/dashboard';
import { startApi, type ApiRig } from './api.test-data';
import * as feeds from './deployments/[deployment]/feeds/route';
import * as oneFeed from './deployments/[deployment]/feeds/[feedId]/route';
import * as served from './feeds/[token]/route';

let bench: RunningBench;
let api: ApiRig;
let folder: string;

beforeAll(async () => {
  api = await startApi({ crons: 0, threads: 0, assistants: 1 });
  ({ bench, folder } = api);
  const [assistant] = bench.store.assistants.keys();
  for (const name of ['Digest', 'Stock'])
    bench.store.createCron(
      { assistant_id: assistant, schedule: '0 9 * * *', input: {}, metadata: { name } },
      null,
    );
});
afterAll(() => api.close());

const inDeployment = { params: Promise.resolve({ deployment: 'default' }) };
const ofFeed = (feedId: string) => ({ params: Promise.resolve({ deployment: 'default', feedId }) });

async function make(body: object = {}): Promise<{ status: number; made: MadeFeed }> {
  const request = new Request('http://localhost/api/deployments/default/feeds', {
    method: 'POST',
    body: JSON.stringify({
      name: 'Agents',
      filter: { ...plainFilter, cron: null },
      zone: 'Europe/Berlin',
      ...body,
    }),
  });
  const response = await feeds.POST(request, inDeployment);
  return { status: response.status, made: (await response.json()) as MadeFeed };
}

/** As a calendar program asks: the address alone. */
async function read(feedPath: string, headers: Record<string, string> = {}): Promise<Response> {
  const request = new Request(`http://localhost${feedPath}`, {
    headers: { host: 'localhost:3000', ...headers },
  });
  return served.GET(request, { params: Promise.resolve({ token: feedPath.split('/').at(-1) ?? '' }) });
}

const summaries = (text: string) =>
  new Set(
    Object.values(ical.sync.parseICS(text)).flatMap((part) =>
      part?.type === 'VEVENT' ? [part.summary] : [],
    ),
  );

describe('a calendar address', () => {
  test('is read without any login, by a real parser, and says so when nothing has changed', async () => {
    const { status, made } = await make();
    expect(status).toBe(201);
    const first = await read(made.path);
    expect(first.status).toBe(200);
    expect(first.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const text = await first.text();
    expect(summaries(text)).toEqual(new Set(['Digest', 'Stock']));
    expect(text.replaceAll('\r\n ', '')).toContain('URL;VALUE=URI:http://localhost:3000/default/crons/');
    const etag = first.headers.get('etag') ?? '';
    const again = await read(made.path, { 'if-none-match': `W/${etag}` });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  test('shows only what its filter leaves', async () => {
    const { made } = await make({ filter: { ...plainFilter, q: 'stock', cron: null } });
    expect(summaries(await (await read(made.path)).text())).toEqual(new Set(['Stock']));
  });

  test('is stored as a hash alone, and never listed', async () => {
    const { made } = await make({ name: '  Mia\u202e\nand  Ben ' });
    const token = made.path.slice('/api/feeds/'.length, -'.ics'.length);
    expect(token).toMatch(/^[\w-]{43}$/);
    const listed = await feeds.GET(new Request('http://localhost'), inDeployment);
    const list = await listed.text();
    expect(list).not.toContain(token);
    const { feeds: all } = JSON.parse(list) as FeedList;
    expect(all.find(({ feedId }) => feedId === made.feed.feedId)?.name).toBe('Mia and Ben');
    const dashboard = await openDashboard();
    if (dashboard.ok) await dashboard.value.deps.store.read('PRAGMA wal_checkpoint(TRUNCATE)', []);
    expect(readFileSync(path.join(folder, 'dashboard.db')).includes(token)).toBe(false);
  });

  test('ends at once when it is renewed or revoked, and every address that opens nothing looks the same', async () => {
    const { made } = await make();
    const renewed = await oneFeed.POST(new Request('http://localhost'), ofFeed(made.feed.feedId));
    const { path: second } = (await renewed.json()) as MadeFeed;
    expect((await read(second)).status).toBe(200);
    const revoked = await oneFeed.DELETE(new Request('http://localhost'), ofFeed(made.feed.feedId));
    expect(revoked.status).toBe(200);
    const answers = await Promise.all(
      [made.path, second, `/api/feeds/${'a'.repeat(43)}.ics`, '/api/feeds/x', second.slice(0, -4)].map(
        async (each) => {
          const answer = await read(each);
          return JSON.stringify([answer.status, [...answer.headers], await answer.text()]);
        },
      ),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('404');
    const twice = await oneFeed.DELETE(new Request('http://localhost'), ofFeed(made.feed.feedId));
    expect(twice.status).toBe(404);
  });

  test.each([
    ['no name', { name: ' \n ' }, 400],
    ['a zone that is none', { zone: 'Mars/Olympus' }, 400],
    ['something that is no filter', { filter: { status: ['asleep'] } }, 400],
    ['more than is asked for', { token: 'mine' }, 400],
  ])('is not made for %s', async (_case, body, status) => {
    expect((await make(body)).status).toBe(status);
  });
});
