import { once } from 'node:events';
import { createServer } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono, type MiddlewareHandler } from 'hono';
import { remoteSend } from '@/lib/engine/agent-server/remote-send';
import type { Running } from '@/lib/engine/local-deployment';
import { openEngine } from '@/lib/engine/open-engine';
import type { SessionError } from '@/lib/engine/scheduler/hold-session';
import type { EngineSettings } from '@/lib/engine/settings';
import { callerGate } from '@/lib/engine/sidecar/caller-gate';
import { passThrough, passUpgrade } from '@/lib/engine/sidecar/pass-through';
import { serverAnswer } from '@/lib/engine/sidecar/server-answer';
import type { OpenError } from '@/lib/engine/storage/open-database';
import { ok, type Result } from '@/lib/result';

const PAGINATION = ['x-pagination-next', 'x-pagination-total'];

/** Cross-origin reading as the JS Agent Server allows it; permission to send is asked of the server behind. */
const allowBrowsers: MiddlewareHandler = async (c, next) => {
  await next();
  if (c.req.method === 'OPTIONS') return;
  c.header('access-control-allow-origin', '*');
  c.header('access-control-expose-headers', ['content-location', ...PAGINATION].join(','));
};

/** Stands in front of an Agent Server without crons: cron routes are ours, everything else passes untouched. */
export async function startSidecar(
  settings: EngineSettings & { readonly upstream: URL },
): Promise<Result<Running, OpenError | SessionError>> {
  const { upstream, runtime } = settings;
  const send = remoteSend(upstream, runtime.upstreamHeaders);
  const opened = await openEngine({ dataDir: settings.dataDir, runtime, send });
  if (!opened.ok) return opened;
  const engine = opened.value;

  const app = new Hono<{ Bindings: HttpBindings }>();
  const gate = callerGate(remoteSend(upstream, {}));
  for (const path of ['/runs/crons', '/runs/crons/*', '/threads/:id/runs/crons', '/crondeck/*']) {
    app.use(path, allowBrowsers, gate);
  }
  app.route('/', engine.app);
  // What the engine looks at on its way back has to come through Hono; a deletion has no stream to spoil.
  const viaHono = serverAnswer(upstream);
  app.on('GET', ['/info', '/ok'], viaHono);
  app.on('DELETE', ['/threads/:id', '/threads/:id/runs/:run_id', '/assistants/:id'], viaHono);
  app.all('*', async (c) => {
    await passThrough(upstream, c.env.incoming as never, c.env.outgoing as never);
    return RESPONSE_ALREADY_SENT;
  });

  const listener = getRequestListener(app.fetch as never, { overrideGlobalObjects: false });
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  server.on('upgrade', (incoming, socket, head) => passUpgrade(upstream, incoming, socket, head));
  server.listen(settings.port, settings.host);
  await once(server, 'listening');
  engine.start();
  return ok({
    async stop() {
      server.close();
      await engine.stop();
      server.closeAllConnections();
    },
  });
}
