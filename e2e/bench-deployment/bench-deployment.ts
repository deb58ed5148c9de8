import { Hono } from 'hono';
import type { SearchBody } from './cron-rows';
import { BenchStore, type Body, type Reply } from './bench-store';
import { faultyMiddleware, noFaults, type Faults } from './faults';
import type { FixtureOptions } from './fixture';
import { mishapMiddleware, type Deed } from './mishaps';

export type BenchDeployment = {
  readonly app: Hono;
  readonly faults: Faults;
  readonly store: BenchStore;
  /** Requests of the API so far, by `METHOD path` without ids. */
  readonly requests: Map<string, number>;
  /** Requests that changed crons or tried to, in the order they were carried out. */
  readonly deeds: Deed[];
};

type ThreadSearch = {
  ids?: string[];
  metadata?: Body;
  limit?: number;
  offset?: number;
  select?: string[];
};
type AssistantSearch = { limit?: number; offset?: number; name?: string; graph_id?: string };

/**
 * A server that speaks the Crons, assistants and threads API from memory, for benches and for tests of load and faults.
 * It is no scheduler: crons fire only where `store.fire` is called.
 */
export function benchDeployment(
  options: FixtureOptions,
  now: () => number,
  faults: Faults = { ...noFaults },
): BenchDeployment {
  const store = new BenchStore(options, now, faults);
  const deeds: Deed[] = [];
  const requests = new Map<string, number>();
  const app = new Hono();
  app.use(async (context, next) => {
    const key = `${context.req.method} ${context.req.path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')}`;
    requests.set(key, (requests.get(key) ?? 0) + 1);
    await next();
  });
  app.use(faultyMiddleware(faults, now));
  app.use(mishapMiddleware(faults, deeds, async (request) => app.fetch(request)));
  app.get('/ok', (context) => context.json({ ok: true }));
  app.get('/info', (context) =>
    context.json({
      version: '0.16.7',
      langgraph_py_version: '1.2.0',
      flags: { assistants: true, crons: true },
      host: { kind: 'bench' },
    }),
  );
  addCronRoutes(app, store, faults);
  addAssistantRoutes(app, store);
  addThreadRoutes(app, store, faults);
  app.post('/bench/faults', async (context) =>
    context.json(Object.assign(faults, await context.req.json<Partial<Faults>>())),
  );
  app.get('/bench/state', (context) =>
    context.json({
      crons: store.crons.size,
      runs: store.runs.length,
      requests: Object.fromEntries(requests),
    }),
  );
  app.onError((error, context) => context.text(error.message, 500));
  return { app, faults, store, requests, deeds };
}

function answer({ status, json }: Reply): Response {
  return Response.json(json, { status });
}

function addCronRoutes(app: Hono, store: BenchStore, faults: Faults): void {
  const { crons } = store;
  app.post('/runs/crons/search', async (context) => {
    const { select, ...asked } = await context.req.json<SearchBody>();
    const limit = asked.limit ?? 10;
    if (limit < 1 || (limit > faults.mostRows && faults.refusesMoreRows)) {
      return context.json({ detail: `${limit} is greater than the maximum of ${faults.mostRows}` }, 422);
    }
    const given = Math.min(limit, faults.mostRows);
    const seen = faults.ignoresFilters ? { offset: asked.offset ?? 0 } : asked;
    const page = crons.page({
      ...seen,
      limit: given,
      ...(select && !faults.ignoresSelect ? { select } : {}),
    });
    return context.body(page, 200, { 'content-type': 'application/json' });
  });
  app.post('/runs/crons/count', (context) =>
    faults.withoutCount
      ? context.json({ detail: 'Not Found' }, 404)
      : context.json(faults.lyingCount ?? crons.size),
  );
  app.post('/runs/crons', async (context) => answer(store.createCron(await context.req.json<Body>(), null)));
  app.post('/threads/:id/runs/crons', async (context) =>
    answer(store.createCron(await context.req.json<Body>(), context.req.param('id'))),
  );
  app.get('/runs/crons/:id', (context) => {
    if (faults.withoutGet) return context.json({ detail: 'Method Not Allowed' }, 405);
    const row = crons.get(context.req.param('id'));
    return row ? context.json(row) : context.json({ detail: 'Not Found' }, 404);
  });
  app.patch('/runs/crons/:id', async (context) =>
    faults.withoutPatch
      ? context.json({ detail: 'Method Not Allowed' }, 405)
      : answer(store.patchCron(context.req.param('id'), await context.req.json<Body>())),
  );
  app.delete('/runs/crons/:id', (context) =>
    crons.remove(context.req.param('id'))
      ? context.body(null, 204)
      : context.json({ detail: 'Not Found' }, 404),
  );
}

function addAssistantRoutes(app: Hono, { assistants }: BenchStore): void {
  app.post('/assistants/search', async (context) => {
    const { limit = 10, offset = 0, name, graph_id: graph } = await context.req.json<AssistantSearch>();
    const found = [...assistants.values()].filter(
      (item) =>
        (!name || item.name.toLowerCase().includes(name.toLowerCase())) &&
        (!graph || item.graph_id === graph),
    );
    return context.json(found.slice(offset, offset + limit));
  });
  app.get('/assistants/:id', (context) => {
    const found = assistants.get(context.req.param('id'));
    return found ? context.json(found) : context.json({ detail: 'Not Found' }, 404);
  });
  const messages = { type: 'array', items: { type: 'object' } };
  const withMessages = { type: 'object', properties: { messages } };
  const empty = { type: 'object', properties: {} };
  app.get('/assistants/:id/schemas', (context) =>
    context.json({
      graph_id: assistants.get(context.req.param('id'))?.graph_id ?? null,
      input_schema: withMessages,
      output_schema: withMessages,
      state_schema: withMessages,
      config_schema: empty,
      context_schema: empty,
    }),
  );
  app.get('/assistants/:id/graph', (context) =>
    context.json({
      nodes: [{ id: '__start__' }, { id: 'agent' }, { id: '__end__' }],
      edges: [
        { source: '__start__', target: 'agent' },
        { source: 'agent', target: '__end__' },
      ],
    }),
  );
}

function addThreadRoutes(app: Hono, store: BenchStore, faults: Faults): void {
  const { threads } = store;
  app.post('/threads', async (context) => context.json(store.createThread(await context.req.json<Body>())));
  app.post('/threads/search', async (context) => {
    const { ids, metadata = {}, limit = 10, offset = 0, select } = await context.req.json<ThreadSearch>();
    const asked =
      ids && !faults.ignoresFilters ? ids.flatMap((id) => threads.get(id) ?? []) : [...threads.values()];
    const found = asked.filter((item) =>
      Object.entries(metadata).every(([key, value]) => item.metadata[key] === value),
    );
    const page = found.slice(offset, offset + limit);
    if (!select || faults.ignoresSelect) return context.json(page);
    return context.json(
      page.map((item) => Object.fromEntries(select.map((key) => [key, item[key as keyof typeof item]]))),
    );
  });
  app.get('/threads/:id', (context) => {
    const found = threads.get(context.req.param('id'));
    return found ? context.json(found) : context.json({ detail: 'Not Found' }, 404);
  });
  app.post('/runs', async (context) => answer(store.createRun(await context.req.json<Body>(), null)));
  app.post('/threads/:id/runs', async (context) =>
    answer(store.createRun(await context.req.json<Body>(), context.req.param('id'))),
  );
}
