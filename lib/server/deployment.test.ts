import { afterEach, describe, expect, it } from 'vitest';
import type { WireCron } from '@/e2e/bench-deployment/fixture';
import {
  startBenchDeployment,
  type RunningBench,
  type StartOptions,
} from '@/e2e/bench-deployment/start-bench-deployment';
import { cronIdSchema, deploymentIdSchema } from '@/lib/crons/ids';
import { Deployment } from './deployment';

const start = Date.UTC(2026, 10, 21, 12);
const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function setup(
  options: StartOptions = {},
): Promise<{ bench: RunningBench; deployment: Deployment; clock: { ms: number } }> {
  const clock = { ms: start };
  const bench = await startBenchDeployment({
    crons: 20,
    threads: 10,
    assistants: 2,
    now: () => clock.ms,
    ...options,
  });
  const config = {
    id: deploymentIdSchema.parse('x'),
    name: 'X',
    url: bench.url,
    apiKey: 'the-key-123',
    headers: {},
    isLocal: false,
  };
  const deployment = new Deployment(config, () => clock.ms);
  closing.push(bench.close, async () => {
    const index = await deployment.index();
    if (index.ok) index.value.close();
  });
  return { bench, deployment, clock };
}

const probes = (bench: RunningBench) => bench.requests.get('GET /info') ?? 0;

describe('Deployment.info', () => {
  it('asks the server once for many browsers', async () => {
    const { bench, deployment } = await setup();
    const infos = await Promise.all([deployment.info(), deployment.info(), deployment.info()]);
    expect(infos.map((info) => info.state.kind)).toEqual(['ready', 'ready', 'ready']);
    expect(probes(bench)).toBe(1);
  });

  it('recovers by itself, asking more and more seldom while the problem lasts', async () => {
    const { bench, deployment, clock } = await setup({ faults: { apiKey: 'another' } });
    const states: string[] = [];
    for (let second = 0; second < 120; second += 1) {
      const { state } = await deployment.info();
      states.push(state.kind === 'problem' ? state.problem.code : 'ready');
      clock.ms += 1000;
    }
    expect(new Set(states)).toEqual(new Set(['unauthorised']));
    expect(probes(bench)).toBeGreaterThan(4);
    expect(probes(bench)).toBeLessThan(12);
    bench.faults.apiKey = 'the-key-123';
    clock.ms += 30_000;
    expect((await deployment.info()).state.kind).toBe('ready');
  });

  it('notices after a while that the server was upgraded', async () => {
    const { bench, deployment, clock } = await setup({ faults: { withoutCount: true } });
    expect((await deployment.info()).state).toMatchObject({ capabilities: { count: false } });
    bench.faults.withoutCount = false;
    clock.ms += 300_000;
    expect((await deployment.info()).state).toMatchObject({ capabilities: { count: true } });
  });
});

describe('Deployment: how it reads schedules', () => {
  async function readingWith(schedule: string, next: string) {
    const { bench, deployment } = await setup();
    const changed = { schedule, timezone: 'UTC', end_time: null, enabled: true, next_run_date: next };
    for (const row of bench.store.crons.all().slice(0, 3)) bench.store.crons.replace({ ...row, ...changed });
    const index = await deployment.index();
    if (!index.ok) throw new Error(index.error.message);
    await index.value.refresh();
    const { reading } = await deployment.info();
    const after = await deployment.index();
    return { reading, secondsFirst: after.ok && after.value.secondsFirst };
  }

  it('is seconds first where its dates say so, and the index is made anew', async () => {
    // With the seconds last, an hour 30 would not exist.
    const found = await readingWith('0 30 9 * * *', '2026-11-22T09:30:00+00:00');
    expect(found).toEqual({ reading: 'seconds-first', secondsFirst: true });
  });

  it('is seconds last where its dates say so', async () => {
    const found = await readingWith('30 9 * * * 15', '2026-11-22T09:30:15+00:00');
    expect(found).toEqual({ reading: 'seconds-last', secondsFirst: false });
  });

  it('is unknown where no reading of ours explains its dates', async () => {
    expect((await readingWith('0 30 9 * * *', '2026-11-22T09:31:17+00:00')).reading).toBe('unknown');
  });

  it('is what the kind of server usually does where no cron shows it', async () => {
    const { deployment } = await setup();
    expect((await deployment.info()).reading).toBe('seconds-last');
  });
});

describe('Deployment.readCron', () => {
  it('searches for the cron on a server that cannot show a single one', async () => {
    const { bench, deployment } = await setup({ faults: { withoutGet: true } });
    const row = bench.store.crons.all()[7] as WireCron;
    expect(await deployment.readCron(cronIdSchema.parse(row.cron_id))).toMatchObject({
      ok: true,
      value: { cronId: row.cron_id },
    });
    bench.store.crons.remove(row.cron_id);
    expect(await deployment.readCron(cronIdSchema.parse(row.cron_id))).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    });
  });
});
