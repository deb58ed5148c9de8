import { Hono } from 'hono';
import { pino } from 'pino';
import { agentServer } from '@/lib/engine/agent-server/agent-server';
import { engineApp } from '@/lib/engine/http/engine-app';
import type { EngineDeps } from '@/lib/engine/http/engine-deps';
import { dispatcher } from '@/lib/engine/scheduler/dispatcher';
import { follower } from '@/lib/engine/scheduler/follower';
import { engineMetrics } from '@/lib/engine/scheduler/metrics';
import { claimDue } from '@/lib/engine/scheduler/scheduler';
import { upstreamHealth } from '@/lib/engine/scheduler/upstream-health';
import type { Cron } from '@/lib/engine/storage/cron-store';
import { openStore, type Store } from '@/lib/engine/storage/store';
import { fakeAgentServer } from '@/lib/engine/test-support/fake-agent-server';
import type { WebhookPolicy } from '@/lib/engine/webhook/webhook-policy';

export const NOON = Date.parse('2026-03-02T12:00:00Z');
export const MINUTE = 60_000;

/** Names that resolve in tests; every other one does not. */
const HOSTS: Readonly<Record<string, string[]>> = {
  'hooks.example.com': ['203.0.113.7'],
  'sneaky.example.com': ['203.0.113.7', '127.0.0.1'],
  'inside.example.com': ['10.0.0.5'],
};

export type TestEngine = Awaited<ReturnType<typeof anEngine>>;

/** The whole engine in memory, with a clock that a test moves and steps that a test takes one by one. */
export async function anEngine(
  options: { file?: string; store?: Store; webhooks?: Partial<WebhookPolicy> } = {},
) {
  const store = options.store ?? (await openTestStore(options.file ?? ':memory:'));
  const server = fakeAgentServer();
  const clock = { nowMs: NOON };
  const deps: EngineDeps = {
    store,
    agentServer: agentServer(server.send),
    now: () => clock.nowMs,
    webhooks: {
      allowLoopback: false,
      resolve: async (host) => {
        const found = HOSTS[host];
        if (found === undefined) throw new Error('ENOTFOUND');
        return found;
      },
      ...options.webhooks,
    },
    metrics: engineMetrics(),
    log: pino({ level: 'silent' }),
  };
  const process = newProcess(deps);
  const front = new Hono();
  front.route(
    '/',
    engineApp({
      ...deps,
      maxBodyBytes: 100_000,
      onScheduleChange: () => {},
      isQueued: process.follower.isQueued,
      state: () => ({ phase: 'firing', lastTickMs: clock.nowMs, upstream: process.health.state() }),
    }),
  );
  front.route('/', server.app);

  async function call(method: string, path: string, body?: unknown) {
    const response = await front.request(path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    // Tests look into answers freely; a wrong shape fails their assertions.
    const json = (text === '' ? null : safeParse(text)) as Record<string, never>;
    return { status: response.status, json, text, headers: response.headers };
  }

  return {
    store,
    server,
    clock,
    deps,
    front,
    call,
    ...process,
    /** Another engine on the same file, as after a restart. */
    restarted: () => newProcess(deps),
    async create(body: Record<string, unknown> = {}, threadId?: string) {
      const path = threadId === undefined ? '/runs/crons' : `/threads/${threadId}/runs/crons`;
      const created = await call('POST', path, { assistant_id: 'agent', schedule: '* * * * *', ...body });
      if (created.status !== 200) throw new Error(`not created: ${created.text}`);
      return String(created.json['cron_id']);
    },
    async cron(cronId: string): Promise<Cron> {
      const found = await store.crons.get(cronId);
      if (found === null) throw new Error(`no cron ${cronId}`);
      return found;
    },
    firingsOf: (cronId: string) => store.firings.ofCron(cronId, 100, 0),
  };
}

/** The parts that live as long as one process: what is under way, what is watched. */
function newProcess(deps: EngineDeps) {
  const health = upstreamHealth(deps.now);
  const watched = follower({ ...deps, health });
  const startedAtMs = deps.now();
  const newDispatcher = () =>
    dispatcher({ ...deps, health, startedAtMs, keepsStamp: () => true }, (it) => watched.follow(it));
  return {
    health,
    follower: watched,
    newDispatcher,
    claim: () => claimDue(deps),
    async dispatch() {
      const posting = newDispatcher();
      await posting.pump();
      await posting.settle();
    },
    async tick() {
      await claimDue(deps);
      const posting = newDispatcher();
      await posting.pump();
      await posting.settle();
    },
  };
}

async function openTestStore(file: string): Promise<Store> {
  const opened = await openStore(file);
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

function safeParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
