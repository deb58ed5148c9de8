import { Hono } from 'hono';
import { isUuid } from '@/lib/engine/agent-server/agent-server';
import { createCron } from '@/lib/engine/http/create-cron';
import type { HttpDeps } from '@/lib/engine/http/engine-deps';
import { patchCron } from '@/lib/engine/http/patch-cron';
import { refuse, type Refusal } from '@/lib/engine/http/refusal';
import { countCrons, searchCrons } from '@/lib/engine/http/search-crons';
import { cronToWire } from '@/lib/engine/http/wire';
import type { Cron } from '@/lib/engine/storage/cron-store';

const BAD_CRON_ID: Refusal = { status: 422, detail: 'Invalid cron ID: must be a UUID' };
const NO_SUCH_CRON: Refusal = { status: 404, detail: 'Not Found' };

/** The Crons API itself: the seven routes of the contract. */
export function cronRoutes(deps: HttpDeps): Hono {
  const app = new Hono();

  const withLastFiring = async (cron: Cron) =>
    cronToWire(cron, (await deps.store.firings.latestOf([cron.cronId])).get(cron.cronId) ?? null);

  app.post('/runs/crons', async (c) => {
    const created = await createCron(c, deps, null);
    return created.ok ? c.json(cronToWire(created.value, null)) : refuse(c, created.error);
  });

  app.post('/threads/:thread_id/runs/crons', async (c) => {
    const created = await createCron(c, deps, c.req.param('thread_id'));
    return created.ok ? c.json(cronToWire(created.value, null)) : refuse(c, created.error);
  });

  app.post('/runs/crons/search', async (c) => {
    const found = await searchCrons(c, deps);
    if (!found.ok) return refuse(c, found.error);
    const { crons, paginationNext, paginationTotal } = found.value;
    if (paginationNext !== null) c.header('X-Pagination-Next', String(paginationNext));
    c.header('X-Pagination-Total', String(paginationTotal));
    return c.json(crons);
  });

  app.post('/runs/crons/count', async (c) => {
    const counted = await countCrons(c, deps);
    return counted.ok ? c.json(counted.value) : refuse(c, counted.error);
  });

  app.get('/runs/crons/:cron_id', async (c) => {
    const cronId = c.req.param('cron_id').toLowerCase();
    if (!isUuid(cronId)) return refuse(c, BAD_CRON_ID);
    const cron = await deps.store.crons.get(cronId);
    return cron === null ? refuse(c, NO_SUCH_CRON) : c.json(await withLastFiring(cron));
  });

  app.patch('/runs/crons/:cron_id', async (c) => {
    const cronId = c.req.param('cron_id').toLowerCase();
    if (!isUuid(cronId)) return refuse(c, BAD_CRON_ID);
    const changed = await patchCron(c, deps, cronId);
    return changed.ok ? c.json(await withLastFiring(changed.value)) : refuse(c, changed.error);
  });

  app.delete('/runs/crons/:cron_id', async (c) => {
    const cronId = c.req.param('cron_id').toLowerCase();
    if (!isUuid(cronId)) return refuse(c, BAD_CRON_ID);
    const removed = await deps.store.crons.remove({ cronId }, deps.now());
    return removed.length === 0 ? refuse(c, NO_SUCH_CRON) : c.body(null, 204);
  });

  return app;
}
