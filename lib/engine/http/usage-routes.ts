import { Hono } from 'hono';
import type { HttpDeps } from '@/lib/engine/http/engine-deps';
import { refuse } from '@/lib/engine/http/refusal';
import { isoDate } from '@/lib/engine/http/wire';
import type { RunUsageRow } from '@/lib/engine/storage/usage-store';

const PAGE = 500;

/** What runs used whose threads are gone, so that their cost can be known. */
export function usageRoutes(deps: HttpDeps): Hono {
  const app = new Hono();

  /** Up to 500 runs measured after `?after=` (epoch ms, default 0), the first first; `measured_ms` is where to go on. */
  app.get('/crondeck/usage', async (c) => {
    const after = Number(c.req.query('after') ?? '0');
    if (!Number.isSafeInteger(after) || after < 0)
      return refuse(c, { status: 422, detail: 'after must be a whole number of milliseconds, 0 or more' });
    return c.json((await deps.store.usages.measuredAfter(after, PAGE)).map(usageToWire));
  });

  return app;
}

function usageToWire(row: RunUsageRow) {
  return {
    run_id: row.runId,
    cron_id: row.cronId,
    assistant_id: row.assistantId,
    thread_id: row.threadId,
    status: row.status,
    started_at: isoDate(row.startedAt),
    ended_at: isoDate(row.endedAt),
    usage: JSON.parse(row.usage) as unknown,
    measured_ms: row.measuredAt,
  };
}
