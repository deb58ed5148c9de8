import { Hono } from 'hono';
import { v5 as uuidv5 } from 'uuid';
import type { Send } from '@/lib/engine/agent-server/agent-server';
import type { JsonObject } from '@/lib/engine/json';

export type FakeRun = {
  run_id: string;
  thread_id: string;
  assistant_id: string;
  status: string;
  metadata: JsonObject;
  kwargs: JsonObject;
  multitask_strategy: string;
  created_at: string;
  updated_at: string;
};

/** `down`: no connection. `answer-lost`: it does what it is asked, but the caller never hears of it. */
export type Weather = 'fine' | 'down' | 'answer-lost' | { readonly status: number };

const GRAPH_NAMESPACE = '6ba7b821-9dad-11d1-80b4-00c04fd430c8';

export type FakeAgentServer = ReturnType<typeof fakeAgentServer>;

/** An Agent Server in memory with the few routes crons need; graphs `agent` and `other`. Runs end when a test says so. */
export function fakeAgentServer() {
  const assistants = new Map(
    ['agent', 'other'].map((name) => [uuidv5(name, GRAPH_NAMESPACE), { graph_id: name }] as const),
  );
  const threads = new Map<string, JsonObject>();
  const runs = new Map<string, FakeRun>();
  const values = new Map<string, JsonObject>();
  const posts: JsonObject[] = [];
  let made = 0;
  const control = { weather: 'fine' as Weather };
  const app = new Hono();

  app.get('/ok', (c) => c.json({ ok: true }));
  app.get('/info', (c) =>
    c.json({ version: '1.0.0', context: 'js', flags: { assistants: true, crons: false } }),
  );
  app.get('/assistants/:id', (c) => {
    const id = c.req.param('id');
    const found = assistants.get(id);
    return found ? c.json({ assistant_id: id, ...found }) : c.json({ detail: 'Assistant not found' }, 404);
  });
  app.delete('/assistants/:id', (c) =>
    assistants.delete(c.req.param('id')) ? c.body(null, 204) : c.json({ detail: 'Assistant not found' }, 404),
  );
  app.post('/assistants/search', (c) => c.json([]));
  app.post('/threads', async (c) => {
    const body: unknown = await c.req.json();
    const threadId = String(Reflect.get(Object(body), 'thread_id'));
    threads.set(threadId, { thread_id: threadId, metadata: {} });
    return c.json(threads.get(threadId) as never);
  });
  app.get('/threads/:id', (c) => {
    const found = threads.get(c.req.param('id'));
    return found ? c.json(found as never) : c.json({ detail: 'Thread not found' }, 404);
  });
  app.delete('/threads/:id', (c) => {
    const id = c.req.param('id');
    for (const run of runs.values()) if (run.thread_id === id) runs.delete(run.run_id);
    return threads.delete(id) ? c.body(null, 204) : c.json({ detail: 'Thread not found' }, 404);
  });
  app.get('/threads/:id/state', (c) => c.json({ tasks: [] }));
  app.get('/threads/:id/runs', (c) => {
    const id = c.req.param('id');
    if (!threads.has(id)) return c.json({ detail: 'Thread not found' }, 404);
    const all = [...runs.values()].filter((run) => run.thread_id === id);
    const offset = Number(c.req.query('offset') ?? 0);
    return c.json(all.slice(offset, offset + Number(c.req.query('limit') ?? 10)) as never);
  });
  app.post('/threads/:id/runs', async (c) => {
    const id = c.req.param('id');
    const body = (await c.req.json()) as JsonObject;
    posts.push(body);
    if (!threads.has(id) && body['if_not_exists'] !== 'create')
      return c.json({ detail: 'Thread not found' }, 404);
    const busy = [...runs.values()].some((run) => run.thread_id === id && run.status === 'pending');
    if (busy && body['multitask_strategy'] === 'reject') return c.json({ detail: 'Thread is busy' }, 409);
    const run = newRun(id, body);
    threads.set(id, { thread_id: id, metadata: body['metadata'] });
    runs.set(run.run_id, run);
    return c.json(run as never);
  });
  app.get('/threads/:id/runs/:run', (c) => {
    const found = runs.get(c.req.param('run'));
    return found ? c.json(found as never) : c.json({ detail: 'Run not found' }, 404);
  });
  app.delete('/threads/:id/runs/:run', (c) =>
    runs.delete(c.req.param('run')) ? c.body(null, 204) : c.json({ detail: 'Run not found' }, 404),
  );
  app.get('/threads/:id/runs/:run/join', (c) => c.json((values.get(c.req.param('run')) ?? {}) as never));

  function newRun(threadId: string, body: JsonObject): FakeRun {
    made += 1;
    return {
      run_id: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`,
      thread_id: threadId,
      assistant_id: String(body['assistant_id']),
      status: 'pending',
      metadata: (body['metadata'] ?? {}) as JsonObject,
      kwargs: { input: body['input'], config: body['config'] },
      multitask_strategy: String(body['multitask_strategy']),
      created_at: '2026-03-02T10:00:00.000Z',
      updated_at: '2026-03-02T10:00:03.000Z',
    };
  }

  const send: Send = async (path, init) => {
    const { weather } = control;
    if (weather === 'down') throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
    if (typeof weather === 'object') return Response.json({ detail: 'no' }, { status: weather.status });
    const answer = await app.request(path, init);
    if (weather === 'answer-lost' && init.method === 'POST') throw new Error('socket hang up');
    return answer;
  };

  return {
    app,
    send,
    control,
    threads,
    runs,
    /** The bodies of every attempt to create a run that arrived. */
    posts,
    addThread(threadId: string) {
      threads.set(threadId, { thread_id: threadId, metadata: {} });
    },
    end(runId: string, status: string, result: JsonObject = {}) {
      const run = runs.get(runId);
      if (run === undefined) throw new Error(`no run ${runId}`);
      run.status = status;
      values.set(runId, result);
    },
    /** What a kill does to a server that had not written its memory down. */
    forgetEverything() {
      runs.clear();
      threads.clear();
    },
  };
}
