import type { Context, Hono, Next } from 'hono';
import type { AppDeps } from '@/lib/engine/http/engine-app';
import { engineStateToWire, isHealthy } from '@/lib/engine/http/engine-state';
import { isJsonObject, type JsonObject } from '@/lib/engine/json';

/** Completes two answers of the Agent Server: `/info` says that there are crons, `/ok` how the engine is. */
export function wrapServerInfo(app: Hono, deps: AppDeps): void {
  app.get('/info', async (c, next) => {
    const info = await behind(c, next);
    if (info === null) return;
    const flags = isJsonObject(info['flags']) ? info['flags'] : {};
    c.res = c.json({ ...info, flags: { ...flags, crons: true }, crondeck: { engine: true } });
  });

  app.get('/ok', async (c, next) => {
    const answer = await behind(c, next);
    const state = deps.state();
    const open = await deps.store.firings.countByStatus();
    // Its own silence is what makes the difference here, so an answer of the server that is not JSON counts as one.
    const isOk = (answer === null || answer['ok'] !== false) && isHealthy(state, deps.now()) && c.res.ok;
    const body = { ...answer, ok: isOk, crondeck: engineStateToWire(state, open) };
    c.res = c.json(body, isOk ? 200 : 503);
  });
}

/** The JSON object the routes behind us answered, null if they answered something else. */
async function behind(c: Context, next: Next): Promise<JsonObject | null> {
  await next();
  if (!c.res.ok) return null;
  const body: unknown = await c.res
    .clone()
    .json()
    .catch(() => null);
  return isJsonObject(body) ? body : null;
}
