import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import Papa from 'papaparse';
import { hostileNames } from '@/e2e/bench-deployment/words';
import type { RunningBench } from '@/e2e/bench-deployment/start-bench-deployment';
import type { AssistantGraph, AssistantList, AssistantSchemas } from '@/lib/crons/assistant';
import type { CronList, CronRow } from '@/lib/crons/cron-list';
import type { DeploymentInfo } from '@/lib/crons/deployment';
import { ownIdKey } from '@/lib/crons/reserved-metadata';
import type { ThreadList, ThreadSummary } from '@/lib/crons/thread';
import type { Problem } from '@/lib/result';
import { startApi, type ApiRig } from './api.test-data';
import * as deploymentsRoute from './deployments/route';
import * as deploymentRoute from './deployments/[deployment]/route';
import * as assistants from './deployments/[deployment]/assistants/route';
import * as graph from './deployments/[deployment]/assistants/[assistantId]/graph/route';
import * as schemas from './deployments/[deployment]/assistants/[assistantId]/schemas/route';
import * as crons from './deployments/[deployment]/crons/route';
import * as cron from './deployments/[deployment]/crons/[cronId]/route';
import * as run from './deployments/[deployment]/crons/[cronId]/run/route';
import * as examples from './deployments/[deployment]/crons/examples/route';
import * as exported from './deployments/[deployment]/crons/export/route';
import * as threads from './deployments/[deployment]/threads/route';

const marker = 'lsv2_pt_marker_0123456789abcdef';
const answers: string[] = [];
let bench: RunningBench;
let api: ApiRig;

beforeAll(async () => {
  api = await startApi(
    { crons: 300, threads: 40, assistants: 4, faults: { apiKey: marker } },
    { LANGSMITH_API_KEY: marker },
  );
  ({ bench } = api);
  for (const name of hostileNames) {
    bench.store.createCron(
      {
        assistant_id: assistantId(),
        schedule: '0 9 * * *',
        metadata: { name, hostile: 'yes' },
        input: { text: name },
      },
      null,
    );
  }
});
afterAll(() => api.close());

function assistantId(): string {
  return [...bench.store.assistants.keys()][0] as string;
}

type Asked = { readonly status: number; readonly text: string; readonly headers: Headers };
type Failed = { readonly problem: Problem };

async function ask<P extends object>(
  handler: (request: Request, context: { params: Promise<P> }) => Promise<Response>,
  params: Partial<P>,
  query = '',
  body?: string,
): Promise<Asked> {
  const request = new Request(
    `http://localhost/api${query}`,
    body === undefined ? {} : { method: 'POST', body },
  );
  const response = await handler(request, {
    params: Promise.resolve({ deployment: 'default', ...params } as unknown as P),
  });
  const text = await response.text();
  answers.push(text, JSON.stringify([...response.headers]));
  return { status: response.status, text, headers: response.headers };
}

async function listed(query = ''): Promise<CronList> {
  return JSON.parse((await ask(crons.GET, {}, query)).text) as CronList;
}

describe('GET /api/deployments', () => {
  it('lists what is configured, without keys and headers', async () => {
    const response = await deploymentsRoute.GET();
    const text = await response.text();
    answers.push(text);
    const { deployments } = JSON.parse(text) as { deployments: DeploymentInfo[] };
    expect(deployments).toMatchObject([
      {
        id: 'default',
        url: bench.url,
        isLocal: false,
        server: { kind: 'langgraph' },
        state: { kind: 'ready' },
      },
    ]);
    expect(Object.keys(deployments[0] ?? {}).toSorted()).toEqual([
      'canReport',
      'id',
      'isLocal',
      'name',
      'reading',
      'server',
      'state',
      'url',
    ]);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('says which deployment it does not know', async () => {
    const { status, text } = await ask(deploymentRoute.GET, { deployment: 'nope' });
    expect({ status, code: (JSON.parse(text) as Failed).problem.code }).toEqual({
      status: 404,
      code: 'unknown-deployment',
    });
  });
});

describe('GET crons', () => {
  it('answers a query with rows, facets, strip and the state of the snapshot', async () => {
    await expect.poll(async () => (await listed()).snapshot.filling, { timeout: 15_000 }).toBeNull();
    const list = await listed('?status=paused&status=ended&sort=name&limit=20');
    expect(list.total).toBe(300 + hostileNames.length);
    expect(list.rows).toHaveLength(20);
    expect(new Set(list.rows.map((row) => row.status.code))).toEqual(new Set(['paused', 'ended']));
    expect(list.facets.status.length).toBeGreaterThan(1);
  });

  it.each([
    ['an unknown parameter', '?nonsense=1'],
    ['a status that does not exist', '?status=asleep'],
    ['a limit that is no number', '?limit=many'],
    ['an offset below zero', '?offset=-5'],
    ['a sort column that does not exist', '?sort=password'],
    ['a search that is too long', `?q=${'x'.repeat(900)}`],
    ['a good value beside a bad one', '?status=asleep&owner='],
  ])('ignores %s and still answers', async (_case, query) => {
    const { status, text } = await ask(crons.GET, {}, query);
    expect(status).toBe(200);
    expect(Array.isArray((JSON.parse(text) as CronList).rows)).toBe(true);
  });

  it('keeps the good values of a list that has a bad one', async () => {
    const list = await listed('?status=asleep&status=paused');
    expect(new Set(list.rows.map((row) => row.status.code))).toEqual(new Set(['paused']));
  });

  it('gives hostile names as one safe line each', async () => {
    const { rows } = await listed('?q=hostile');
    expect(rows).toHaveLength(hostileNames.length);
    // oxlint-disable-next-line no-control-regex
    for (const row of rows) expect(row.name).toMatch(/^[^\u0000-\u001f\u202a-\u202e\u2066-\u2069]{1,200}$/);
    expect(rows.map((row) => row.name)).toContain('<img src=x onerror=alert(1)>');
  });
});

describe('GET one cron', () => {
  it('answers with the row and the cron itself', async () => {
    const id = bench.store.crons.all()[5]?.cron_id ?? '';
    const { status, text } = await ask(cron.GET, { cronId: id });
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      row: { cronId: id },
      cron: { cronId: id, payload: { input: expect.anything() } },
    });
  });

  it('says that a cron deleted elsewhere is gone, and takes it out of the list', async () => {
    const [row] = (await listed()).rows;
    bench.store.crons.remove(row?.cronId ?? '');
    const { status, text } = await ask(cron.GET, { cronId: row?.cronId ?? '' });
    expect({ status, code: (JSON.parse(text) as Failed).problem.code }).toEqual({
      status: 404,
      code: 'gone',
    });
    expect((await listed()).rows.map((item) => item.cronId)).not.toContain(row?.cronId);
  });

  it.each(['nonsense', '..', '%2e%2e'])(
    'answers 404 to the id %s without asking the deployment',
    async (cronId) => {
      bench.requests.clear();
      const { status } = await ask(cron.GET, { cronId });
      expect(status).toBe(404);
      expect([...bench.requests.keys()].filter((key) => key.startsWith('GET /runs'))).toEqual([]);
    },
  );
});

describe('POST run', () => {
  it('starts what the cron would send, on its own thread', async () => {
    const row = bench.store.crons
      .all()
      .find((item) => item.thread_id !== null && bench.store.threads.has(item.thread_id));
    const { status, text } = await ask(run.POST, { cronId: row?.cron_id ?? '' }, '', '');
    expect({ status, threadId: (JSON.parse(text) as { threadId: string }).threadId }).toEqual({
      status: 200,
      threadId: row?.thread_id,
    });
    expect(bench.store.runs.at(-1)?.body).toMatchObject({
      assistant_id: row?.assistant_id,
      input: row?.payload.input,
      config: { configurable: { cron_id: row?.cron_id } },
      metadata: { ...row?.metadata, [ownIdKey]: row?.cron_id },
    });
  });
});

describe('GET export', () => {
  it('writes all that match as CSV in which no cell is a formula', async () => {
    const { headers, text } = await ask(exported.GET, {}, '?format=csv&q=hostile&limit=1');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="crons-default-\d{4}-\d{2}-\d{2}\.csv"$/,
    );
    const { data, errors } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), {
      header: true,
      skipEmptyLines: true,
    });
    expect(errors).toEqual([]);
    expect(data).toHaveLength(hostileNames.length);
    for (const line of data) for (const cell of Object.values(line)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    expect(data.map((line) => line.name)).toContain(`'=cmd|'/c calc'!A1`);
  });

  it('writes the same rows as JSON', async () => {
    const { text } = await ask(exported.GET, {}, '?format=json&status=paused&sort=name');
    const { rows } = await listed('?status=paused&sort=name&limit=500');
    expect((JSON.parse(text) as CronRow[]).map((row) => row.cronId)).toEqual(rows.map((row) => row.cronId));
  });

  it('writes an empty list where nothing matches', async () => {
    expect(JSON.parse((await ask(exported.GET, {}, '?format=json&q=nothing-has-this')).text)).toEqual([]);
  });

  it('refuses another format', async () => {
    const { status, text } = await ask(exported.GET, {}, '?format=xls');
    expect({ status, field: (JSON.parse(text) as Failed).problem.field }).toEqual({
      status: 400,
      field: 'format',
    });
  });
});

describe('assistants and threads', () => {
  it('finds assistants by a part of the name', async () => {
    const [first] = [...bench.store.assistants.values()];
    const { text } = await ask(
      assistants.GET,
      {},
      `?q=${encodeURIComponent(first?.name.slice(2, 9).toUpperCase() ?? '')}`,
    );
    expect((JSON.parse(text) as AssistantList).assistants.map((item) => item.name)).toContain(first?.name);
  });

  it('says when more match than were asked for', async () => {
    const { text } = await ask(assistants.GET, {}, '?limit=2');
    expect(JSON.parse(text)).toMatchObject({ truncated: true, assistants: { length: 2 } });
  });

  it('reads schemas and the nodes a run can stop at', async () => {
    const read = JSON.parse(
      (await ask(schemas.GET, { assistantId: assistantId() })).text,
    ) as AssistantSchemas;
    expect(read.input).toMatchObject({ properties: { messages: { type: 'array' } } });
    const nodes = JSON.parse((await ask(graph.GET, { assistantId: assistantId() })).text) as AssistantGraph;
    expect(nodes).toEqual({ nodes: ['agent'] });
  });

  it('finds threads by title, by first message and by whole id', async () => {
    const all = [...bench.store.threads.values()];
    const titled = all.find((thread) => 'title' in thread.metadata);
    const untitled = all.find((thread) => !('title' in thread.metadata));
    const search = async (q: string) =>
      (
        JSON.parse((await ask(threads.GET, {}, `?q=${encodeURIComponent(q)}`)).text) as ThreadList
      ).threads.map((item) => item.threadId as string);
    expect(await search(String(titled?.metadata.title).toLowerCase())).toContain(titled?.thread_id);
    expect(await search('please keep')).toContain(untitled?.thread_id);
    expect(await search(untitled?.thread_id ?? '')).toEqual([untitled?.thread_id]);
  });

  it('makes a thread with a title', async () => {
    const { text } = await ask(threads.POST, {}, '', JSON.stringify({ title: ' Weekly ' }));
    const made = JSON.parse(text) as ThreadSummary;
    expect(made.name).toBe('Weekly');
    expect(bench.store.threads.get(made.threadId)?.metadata).toEqual({ title: 'Weekly' });
  });

  it.each([
    ['broken JSON', '{"title":', 400, 'bad-request'],
    ['a field of the wrong type', '{"title":5}', 400, 'bad-request'],
    ['an unknown field', '{"thread_id":"x"}', 400, 'bad-request'],
    ['an oversized body', JSON.stringify({ title: 'x'.repeat(3_000_000) }), 413, 'too-large'],
  ])('refuses %s', async (_case, body, status, code) => {
    const answer = await ask(threads.POST, {}, '', body);
    expect({ status: answer.status, code: (JSON.parse(answer.text) as Failed).problem.code }).toEqual({
      status,
      code,
    });
  });
});

describe('POST examples', () => {
  it('makes examples only of sample agents that are there', async () => {
    const { status, text } = await ask(examples.POST, {}, '', '');
    // The bench deployment has a graph called digest and no other sample agent.
    expect(status).toBe(200);
    expect((JSON.parse(text) as { created: string[] }).created).toHaveLength(1);
    expect((await listed('?q=weekday+morning')).rows[0]?.name).toBe('Weekday morning digest');
  });
});

describe('outages', () => {
  it('answer with the cause as 502, and the list with the last snapshot', async () => {
    bench.faults.dead = true;
    const id = bench.store.crons.all()[0]?.cron_id ?? '';
    const { status, text } = await ask(cron.GET, { cronId: id });
    expect({ status, code: (JSON.parse(text) as Failed).problem.code }).toEqual({
      status: 502,
      code: 'unreachable',
    });
    expect((await listed()).rows.length).toBeGreaterThan(0);
    bench.faults.dead = false;
  });

  it('pass a 429 on with its waiting time', async () => {
    Object.assign(bench.faults, { requestsPerSecond: 0.5, retryAfterSeconds: 7 });
    const { status, headers } = await ask(cron.GET, { cronId: bench.store.crons.all()[0]?.cron_id ?? '' });
    bench.faults.requestsPerSecond = 0;
    expect({ status, retryAfter: headers.get('retry-after') }).toEqual({ status: 429, retryAfter: '7' });
  });
});

describe('the key of a deployment', () => {
  it('is in no answer of any route, also when the deployment repeats it in an error', async () => {
    bench.faults.apiKey = 'another key';
    const { status, text } = await ask(cron.GET, { cronId: bench.store.crons.all()[0]?.cron_id ?? '' });
    bench.faults.apiKey = marker;
    expect(status).toBe(502);
    expect(text).toContain('[secret]');
    expect(answers.length).toBeGreaterThan(60);
    expect(answers.filter((answer) => answer.includes(marker))).toEqual([]);
  });
});
