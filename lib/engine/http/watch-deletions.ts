import type { Hono } from 'hono';
import type { HttpDeps } from '@/lib/engine/http/engine-deps';

/** Lets deletions through to the Agent Server and, when they succeed, takes the crons and the memory of runs along. */
export function watchDeletions(app: Hono, deps: HttpDeps): void {
  const { crons, firings } = deps.store;

  app.delete('/threads/:thread_id', async (c, next) => {
    // Read first: behind `next` the parameters are those of the server's own route.
    const threadId = c.req.param('thread_id').toLowerCase();
    await next();
    if (!c.res.ok) return;
    const removed = await crons.remove({ threadId }, deps.now());
    await firings.markRemoved({ threadId }, deps.now());
    if (removed.length > 0)
      deps.log.info({ threadId, crons: removed.length }, 'crons went with their thread');
  });

  app.delete('/threads/:thread_id/runs/:run_id', async (c, next) => {
    const runId = c.req.param('run_id').toLowerCase();
    await next();
    if (c.res.ok) await firings.markRemoved({ runId }, deps.now());
  });

  app.delete('/assistants/:assistant_id', async (c, next) => {
    const assistantId = c.req.param('assistant_id').toLowerCase();
    await next();
    if (!c.res.ok) return;
    const removed = await crons.remove({ assistantId }, deps.now());
    for (const cronId of removed) await firings.markRemoved({ cronId }, deps.now());
    if (removed.length > 0)
      deps.log.info({ assistantId, crons: removed.length }, 'crons went with their assistant');
  });
}
