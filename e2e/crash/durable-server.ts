import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { fakeAgentServer } from '@/lib/engine/test-support/fake-agent-server';

/** How often it does what it is asked and then hangs up, and how often it says "not now". */
const HANGS_UP = 0.05;
const NOT_NOW = 0.05;
const RUN_MS = 400;

/** An Agent Server that lives in the harness, forgets nothing and counts every run; its network is not to be trusted. */
export async function durableServer(random: () => number) {
  const fake = fakeAgentServer();
  const created = new Map<string, number>();
  const known = new Set<string>();

  const listener = getRequestListener(async (request, { outgoing }) => {
    const dice = random();
    const creates = request.method === 'POST' && request.url.endsWith('/runs');
    if (creates && dice < NOT_NOW) return Response.json({ detail: 'overloaded' }, { status: 503 });
    const answer = await fake.app.fetch(request);
    for (const run of fake.runs.values()) {
      if (known.has(run.run_id)) continue;
      known.add(run.run_id);
      const mark = `${String(run.metadata['cron_id'])} ${String(run.metadata['scheduled_for'])}`;
      created.set(mark, (created.get(mark) ?? 0) + 1);
      setTimeout(() => fake.runs.has(run.run_id) && fake.end(run.run_id, 'success'), RUN_MS);
    }
    if (!creates || dice <= 1 - HANGS_UP) return answer;
    outgoing.destroy();
    return RESPONSE_ALREADY_SENT;
  });
  const server = createServer((incoming, outgoing) => {
    incoming.on('error', () => {});
    void listener(incoming, outgoing);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Runs ever created, by "cron_id scheduled_for". */
    created,
    addThread: fake.addThread,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
