import { Hono } from 'hono';
import { serve } from '@hono/node-server';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startBenchDeployment } from '@/e2e/bench-deployment/start-bench-deployment';
import { deploymentIdSchema } from '@/lib/crons/ids';
import { deploymentClient } from './deployment-client';
import { isAtLeast, probeServer } from './probe';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function probe(url: string) {
  return probeServer(
    deploymentClient({
      id: deploymentIdSchema.parse('x'),
      name: 'x',
      url,
      apiKey: null,
      headers: {},
      isLocal: false,
    }),
  );
}

async function probed(
  info: object | null,
  search: (select: boolean) => Response,
  count: () => Response = () => Response.json(0),
) {
  const app = new Hono();
  if (info) app.get('/info', (context) => context.json(info));
  app.post('/runs/crons/search', async (context) => search('select' in (await context.req.json<object>())));
  app.post('/runs/crons/count', () => count());
  const server = await new Promise<Server>((resolve) => {
    const started = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () =>
      resolve(started as Server),
    ) as Server;
  });
  closing.push(() => server.close());
  return probe(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

const cron = { cron_id: '019393d0-0000-7000-a000-000000000001', assistant_id: 'a', schedule: '* * * * *' };
const found = (select: boolean) => Response.json([select ? { cron_id: cron.cron_id } : cron]);

describe('probeServer', () => {
  it('finds all capabilities of a current Agent Server', async () => {
    const bench = await startBenchDeployment({ crons: 3, threads: 5, assistants: 1 });
    closing.push(bench.close);
    expect(await probe(bench.url)).toEqual({
      ok: true,
      value: {
        kind: 'langgraph',
        version: '0.16.7',
        // It names no revision of its host: only the versions of the server and of LangGraph.
        revision: '  0.16.7 1.2.0 ',
        capabilities: {
          patch: true,
          enabled: true,
          timezone: true,
          metadataFilter: true,
          getCron: true,
          firings: false,
          count: true,
          select: true,
        },
      },
    });
  });

  it.each([
    ['0.7.20', { patch: false, enabled: false, timezone: false, metadataFilter: false, getCron: false }],
    ['0.7.69', { patch: true, enabled: true, timezone: true, metadataFilter: false, getCron: false }],
    ['0.9.0', { patch: true, timezone: true, metadataFilter: true, getCron: false }],
    ['0.10.0rc1', { getCron: true }],
  ])('offers of version %s what it has', async (version, capabilities) => {
    const answers = await probed({ version, langgraph_py_version: '1.0' }, found);
    expect(answers).toMatchObject({ ok: true, value: { version, capabilities } });
  });

  it('knows the engine by what it says of itself, and that it lists firings', async () => {
    const info = { version: '1.5.1', context: 'js', flags: { crons: true }, crondeck: { engine: true } };
    const answers = await probed(info, () => Response.json([]));
    const capabilities = { patch: true, getCron: true, firings: true, select: true };
    expect(answers).toMatchObject({ ok: true, value: { kind: 'crondeck-engine', capabilities } });
  });

  it('knows Aegra by its name: no single cron, columns always whole', async () => {
    const answers = await probed({ name: 'Aegra', version: '0.11.0', flags: { crons: true } }, () =>
      Response.json([cron]),
    );
    expect(answers).toMatchObject({
      ok: true,
      value: { kind: 'aegra', capabilities: { getCron: false, select: false, patch: true } },
    });
  });

  it.each([
    ['its flag says so', { context: 'js', flags: { crons: false } }, () => Response.json([]), 'JavaScript'],
    [
      'the JavaScript server has not implemented them',
      { context: 'js' },
      () => new Response('Not implemented', { status: 500 }),
      'JavaScript',
    ],
    [
      'the JavaScript server complains about the body',
      { context: 'js' },
      () => Response.json({ success: false, error: { issues: [] } }, { status: 400 }),
      'JavaScript',
    ],
    [
      'the route is not there',
      { version: '0.5.0', langgraph_py_version: '0.6' },
      () => Response.json({ detail: 'Not Found' }, { status: 404 }),
      'does not offer crons',
    ],
    ['the verb is not there', null, () => new Response('', { status: 405 }), 'does not offer crons'],
  ])('says that a server has no crons when %s', async (_case, info, search, message) => {
    expect(await probed(info, search)).toMatchObject({
      ok: false,
      error: { code: 'no-crons', message: expect.stringContaining(message) },
    });
  });

  it.each([
    ['unauthorised', 401],
    ['failing', 500],
    ['failing', 503],
  ])('tells %s (%i) apart from having no crons', async (code, status) => {
    expect(
      await probed({ version: '0.16.7', langgraph_py_version: '1' }, () =>
        Response.json({ detail: 'no' }, { status }),
      ),
    ).toMatchObject({ ok: false, error: { code } });
  });

  it('names the cause when nothing answers', async () => {
    expect(await probe('http://127.0.0.1:2139')).toMatchObject({
      ok: false,
      error: { code: 'unreachable', hint: expect.stringContaining('Start the deployment') },
    });
  });

  it('is not confused by a server that has no /info and cannot count', async () => {
    const answers = await probed(null, found, () => new Response('', { status: 404 }));
    expect(answers).toMatchObject({
      ok: true,
      value: { kind: 'unknown', version: null, capabilities: { count: false } },
    });
  });
});

describe('isAtLeast', () => {
  it.each([
    ['0.10.0', '0.9.0', true],
    ['0.10.0rc1', '0.10.0', true],
    ['1.0', '0.10.0', true],
    ['0.7.21', '0.7.21', true],
    ['0.7.20', '0.7.21', false],
    ['dev', '0.7.21', false],
    [null, '0.7.21', false],
  ])('%s >= %s: %s', (version, wanted, is) => {
    expect(isAtLeast(version, wanted)).toBe(is);
  });
});

describe('the mark of what is deployed', () => {
  const revisionOf = async (info: object) => {
    const answers = await probed(info, found);
    return answers.ok ? answers.value.revision : 'a problem';
  };

  it('changes with the revision of the host and with every version, and with nothing else', async () => {
    const info = { version: '0.16.7', langgraph_py_version: '1.2.0', host: { revision_id: 'a' }, flags: {} };
    const mark = await revisionOf(info);
    expect(await revisionOf({ ...info, flags: { langsmith: true } })).toBe(mark);
    for (const change of [
      { host: { revision_id: 'b' } },
      { version: '0.16.8' },
      { langgraph_py_version: '1.2.1' },
    ])
      expect(await revisionOf({ ...info, ...change })).not.toBe(mark);
  });

  it('is not known where the server tells nothing of the kind', async () => {
    expect(await revisionOf({ name: 'Somebody', flags: {} })).toBeNull();
  });
});
