import { Hono } from 'hono';
import { crondeckRoutes } from '@/lib/engine/http/crondeck-routes';
import { cronRoutes } from '@/lib/engine/http/cron-routes';
import type { HttpDeps } from '@/lib/engine/http/engine-deps';
import type { EngineState } from '@/lib/engine/http/engine-state';
import { usageRoutes } from '@/lib/engine/http/usage-routes';
import { watchDeletions } from '@/lib/engine/http/watch-deletions';
import { wrapServerInfo } from '@/lib/engine/http/wrap-server-info';

export type AppDeps = HttpDeps & { readonly state: () => EngineState };

/**
 * The engine as a Hono app, meant to be mounted before the Agent Server's own routes: crons are answered here, `/info`
 * and `/ok` are completed on their way back, deletions are watched, everything else passes.
 */
export function engineApp(deps: AppDeps): Hono {
  const app = new Hono();
  app.onError((error, c) => {
    deps.log.error({ err: error, method: c.req.method, path: c.req.path }, 'a request failed');
    return c.json({ detail: 'Internal Server Error' }, 500);
  });
  wrapServerInfo(app, deps);
  watchDeletions(app, deps);
  app.route('/', cronRoutes(deps));
  app.route('/', crondeckRoutes(deps));
  app.route('/', usageRoutes(deps));
  return app;
}
