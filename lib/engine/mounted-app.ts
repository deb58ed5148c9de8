import { Hono } from 'hono';

/**
 * What the Agent Server of the local deployment loads as its `http.app`. It takes a file path and not an object, so the
 * engine that `startLocalDeployment` has built is handed over here.
 */
export const app = new Hono();

export function mount(engineApp: Hono): void {
  app.route('/', engineApp);
}
