import type { IncomingMessage } from 'node:http';
import type { MiddlewareHandler } from 'hono';
import { randomFrom } from './random';

/** How the bench deployment misbehaves. Tests change the object while it runs; POST /bench/faults does the same over HTTP. */
export type Faults = {
  latencyMs: number;
  /** Share of requests (0 to 1) answered with 500. */
  errorRate: number;
  /** Requests a second before 429; 0 = no limit. */
  requestsPerSecond: number;
  /** Value of Retry-After in seconds. */
  retryAfterSeconds: number;
  /** Connections are cut without an answer. */
  dead: boolean;
  /** Search takes no notice of filters and sorting. */
  ignoresFilters: boolean;
  ignoresSelect: boolean;
  /** Count answers this instead of the truth. */
  lyingCount: number | null;
  /** Rows a search gives at most; more are refused with 422, or silently not given. */
  mostRows: number;
  refusesMoreRows: boolean;
  withoutCount: boolean;
  withoutGet: boolean;
  withoutPatch: boolean;
  /** Answer 401 to requests without this x-api-key. */
  apiKey: string | null;
  /** Shares of requests that change crons: never answered, cut, or carried out twice (see mishaps.ts). */
  hangRate: number;
  cutRate: number;
  repeatRate: number;
  /** Keep an end date as the text it was sent, as `langgraph dev` does. */
  keepsEndAsText: boolean;
};

export const noFaults: Readonly<Faults> = {
  latencyMs: 0,
  errorRate: 0,
  requestsPerSecond: 0,
  retryAfterSeconds: 1,
  dead: false,
  ignoresFilters: false,
  ignoresSelect: false,
  lyingCount: null,
  mostRows: 1000,
  refusesMoreRows: true,
  withoutCount: false,
  withoutGet: false,
  withoutPatch: false,
  apiKey: null,
  hangRate: 0,
  cutRate: 0,
  repeatRate: 0,
  keepsEndAsText: false,
};

/** Applies latency, 401, 429, 500 and cut connections before any route of the API; /bench is never disturbed. */
export function faultyMiddleware(faults: Faults, now: () => number): MiddlewareHandler {
  const random = randomFrom(7);
  let windowStart = 0;
  let inWindow = 0;
  return async (context, next) => {
    if (context.req.path.startsWith('/bench')) return next();
    if (faults.latencyMs > 0) await new Promise((done) => setTimeout(done, faults.latencyMs));
    if (faults.dead) {
      (context.env as { incoming?: IncomingMessage } | undefined)?.incoming?.socket.destroy();
      throw new Error('dead on purpose');
    }
    if (faults.apiKey !== null && context.req.header('x-api-key') !== faults.apiKey) {
      return context.json({ detail: `Invalid key ${context.req.header('x-api-key') ?? ''}` }, 401);
    }
    if (now() - windowStart >= 1000) {
      windowStart = now();
      inWindow = 0;
    }
    inWindow += 1;
    if (faults.requestsPerSecond > 0 && inWindow > faults.requestsPerSecond) {
      return context.json({ detail: 'Too many requests' }, 429, {
        'retry-after': String(faults.retryAfterSeconds),
      });
    }
    if (random() < faults.errorRate) return context.text('Internal Server Error', 500);
    return next();
  };
}
