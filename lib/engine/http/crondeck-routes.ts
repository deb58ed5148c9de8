import { Hono } from 'hono';
import { isUuid } from '@/lib/engine/agent-server/agent-server';
import type { HttpDeps } from '@/lib/engine/http/engine-deps';
import { refuse } from '@/lib/engine/http/refusal';
import { firingToWire } from '@/lib/engine/http/wire';
import type { Firing } from '@/lib/engine/storage/firing-store';

const MAX_LIMIT = 1000;
const MAX_IDS = 200;

/** What the engine offers beyond the Crons API, under a prefix that no Agent Server uses. */
export function crondeckRoutes(deps: HttpDeps): Hono {
  const app = new Hono();
  const toWire = (firing: Firing) => ({ ...firingToWire(firing), queued: deps.isQueued(firing.firingId) });

  /** Newest first: `?limit=` 1..1000, default 50, `?offset=`. 404 for an unknown cron. */
  app.get('/crondeck/crons/:cron_id/firings', async (c) => {
    const cronId = c.req.param('cron_id').toLowerCase();
    if (!isUuid(cronId)) return refuse(c, { status: 422, detail: 'Invalid cron ID: must be a UUID' });
    const limit = wholeNumber(c.req.query('limit'), 50, 1, MAX_LIMIT);
    const offset = wholeNumber(c.req.query('offset'), 0, 0, Number.MAX_SAFE_INTEGER);
    if (limit === null || offset === null) {
      return refuse(c, { status: 422, detail: `limit must be 1 to ${MAX_LIMIT} and offset 0 or more` });
    }
    if ((await deps.store.crons.get(cronId)) === null) {
      return refuse(c, { status: 404, detail: `Cron '${cronId}' not found` });
    }
    const firings = await deps.store.firings.ofCron(cronId, limit, offset);
    return c.json(firings.map(toWire));
  });

  /**
   * The firings of all crons in the order they were claimed: those after `?after=` (a firing_id, default 0), `?limit=`
   * 1..1000, default 100. With `?ids=` (up to 200, comma separated) those firings instead, as they stand now.
   */
  app.get('/crondeck/firings', async (c) => {
    const limit = wholeNumber(c.req.query('limit'), 100, 1, MAX_LIMIT);
    const after = wholeNumber(c.req.query('after'), 0, 0, Number.MAX_SAFE_INTEGER);
    const ids = (c.req.query('ids') ?? '').split(',').filter((id) => id !== '');
    if (limit === null || after === null) {
      return refuse(c, { status: 422, detail: `limit must be 1 to ${MAX_LIMIT} and after 0 or more` });
    }
    if (ids.length > MAX_IDS || ids.some((id) => wholeNumber(id, 0, 0, Number.MAX_SAFE_INTEGER) === null)) {
      return refuse(c, {
        status: 422,
        detail: `ids must be up to ${MAX_IDS} firing ids with commas between`,
      });
    }
    const { firings } = deps.store;
    const found =
      ids.length > 0 ? await firings.withIds(ids.map(Number)) : await firings.claimedAfter(after, limit);
    return c.json(found.map((firing) => ({ firing_id: firing.firingId, ...toWire(firing) })));
  });

  app.get('/crondeck/metrics', async (c) => {
    c.header('content-type', deps.metrics.registry.contentType);
    return c.body(await deps.metrics.registry.metrics());
  });

  return app;
}

function wholeNumber(text: string | undefined, fallback: number, min: number, max: number): number | null {
  if (text === undefined) return fallback;
  const value = Number(text);
  return Number.isInteger(value) && value >= min && value <= max ? value : null;
}
