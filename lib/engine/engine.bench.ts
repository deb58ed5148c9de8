import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Hono } from 'hono';
import { pino } from 'pino';
import { agentServer } from '@/lib/engine/agent-server/agent-server';
import { cronIdAt, fillStore, TEAMS } from '@/lib/engine/bench/fill-store';
import { cronRoutes } from '@/lib/engine/http/cron-routes';
import { ENGINE_FILE } from '@/lib/engine/open-engine';
import { engineMetrics } from '@/lib/engine/scheduler/metrics';
import { claimDue } from '@/lib/engine/scheduler/scheduler';
import { openStore } from '@/lib/engine/storage/store';

// npm run bench -- engine

const DUE_TOGETHER = 10_000;
const MANY = 100_000;
const ASKS = 300;
const PORT = 2116;
/** For the start of the child: reading 10,000 crons and the server's own start. */
const HEAD_START_MS = 20_000;

const root = mkdtempSync(path.join(tmpdir(), 'crondeck-engine-bench-'));

function figure(name: string, value: number, unit: string, aim?: string): void {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  process.stdout.write(
    `figure: engine-${name} = ${value.toFixed(digits)} ${unit}${aim ? ` (aim ${aim})` : ''}\n`,
  );
}

async function anEngine(folder: string, nowMs: number) {
  const opened = await openStore(path.join(root, folder, ENGINE_FILE));
  if (!opened.ok) throw new Error(opened.error.message);
  return {
    store: opened.value,
    agentServer: agentServer(async () => new Response(null, { status: 404 })),
    now: () => nowMs,
    webhooks: { allowLoopback: false, resolve: async () => [] },
    metrics: engineMetrics(),
    log: pino({ level: 'silent' }),
  };
}

async function claiming(): Promise<void> {
  const dueMs = Date.parse('2026-03-02T03:00:00Z');
  await fillStore(path.join(root, 'claim', ENGINE_FILE), DUE_TOGETHER, dueMs, ['digest']);
  const deps = await anEngine('claim', dueMs);
  const began = performance.now();
  const claimed = await claimDue(deps);
  const tookMs = performance.now() - began;
  deps.store.close();
  if (claimed !== DUE_TOGETHER) throw new Error(`${claimed} of ${DUE_TOGETHER} crons were claimed`);
  figure('claim-10000', tookMs, 'ms');
}

type Posted = { readonly count: number; readonly ms: number; readonly lateMs?: number };

async function post(mode: 'bare' | 'engine'): Promise<Posted> {
  const folder = path.join(root, mode);
  const dueMs = Math.ceil((Date.now() + HEAD_START_MS) / 1000) * 1000;
  await fillStore(path.join(folder, ENGINE_FILE), DUE_TOGETHER, dueMs, ['digest']);
  const child = path.join(import.meta.dirname, 'bench/dispatch-child.ts');
  const args = ['--import', 'tsx', child, mode, String(PORT), folder, String(dueMs)];
  const done = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1e9 });
  const line = done.stdout.trim().split('\n').at(-1) ?? '';
  if (done.status !== 0) throw new Error(`${mode}: ${done.stderr.slice(-2000)}`);
  const posted = JSON.parse(line) as Posted;
  if (posted.count !== DUE_TOGETHER) throw new Error(`${mode}: ${posted.count} runs`);
  return posted;
}

async function dispatching(): Promise<void> {
  const bare = await post('bare');
  const engine = await post('engine');
  const perSecond = (posted: Posted) => (posted.count / posted.ms) * 1000;
  figure('bare-loop', perSecond(bare), 'runs/s');
  figure('dispatch', perSecond(engine), 'runs/s');
  figure('dispatch-ratio', perSecond(engine) / perSecond(bare), 'x', '>= 0.9');
  figure('lateness-last-of-10000', (engine.lateMs ?? Number.NaN) / 1000, 's');
}

async function asking(): Promise<void> {
  await fillStore(path.join(root, 'many', ENGINE_FILE), MANY, Date.parse('2030-01-01T00:00:00Z'), [
    'assistant',
    'digest',
    'slow',
    'flaky',
  ]);
  const deps = await anEngine('many', Date.parse('2026-03-02T03:00:00Z'));
  const app = new Hono().route(
    '/',
    cronRoutes({ ...deps, maxBodyBytes: 1e6, onScheduleChange: () => {}, isQueued: () => false }),
  );
  const any = await deps.store.crons.get(cronIdAt(1));
  const questions: [name: string, route: string, body: (n: number) => unknown][] = [
    ['search', 'search', () => ({})],
    ['search-page-1000', 'search', (n) => ({ limit: 1000, offset: (n * 997) % 99_000 })],
    ['search-deep', 'search', (n) => ({ offset: 99_000 - n })],
    ['search-next-run', 'search', () => ({ sort_by: 'next_run_date', sort_order: 'asc' })],
    ['search-assistant', 'search', () => ({ assistant_id: any?.assistantId })],
    ['search-metadata', 'search', (n) => ({ metadata: { team: `team-${n % TEAMS}` } })],
    ['search-nested-metadata', 'search', (n) => ({ metadata: { nested: { rank: n % 10 } } })],
    ['search-list-metadata', 'search', (n) => ({ metadata: { tags: [n % 10] } })],
    ['count', 'count', () => ({})],
    ['count-assistant', 'count', () => ({ assistant_id: any?.assistantId })],
    ['count-metadata', 'count', (n) => ({ metadata: { team: `team-${n % TEAMS}` } })],
  ];
  for (const [name, route, body] of questions) {
    const times: number[] = [];
    // A list in the filter means reading every cron's metadata; fewer rounds are enough to see how long that takes.
    const rounds = name.includes('list') ? 20 : ASKS;
    for (let n = 0; n < rounds; n += 1) {
      const began = performance.now();
      const answer = await app.request(`/runs/crons/${route}`, {
        method: 'POST',
        body: JSON.stringify(body(n)),
      });
      await answer.text();
      if (answer.status !== 200) throw new Error(`${name}: ${answer.status}`);
      times.push(performance.now() - began);
    }
    times.sort((a, b) => a - b);
    figure(`${name}-p50`, times[Math.floor(rounds * 0.5)] ?? Number.NaN, 'ms');
    figure(`${name}-p95`, times[Math.floor(rounds * 0.95)] ?? Number.NaN, 'ms');
  }
  deps.store.close();
}

try {
  await claiming();
  await asking();
  await dispatching();
} finally {
  rmSync(root, { recursive: true, force: true });
}
