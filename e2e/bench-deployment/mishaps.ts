import type { IncomingMessage } from 'node:http';
import type { Context, MiddlewareHandler } from 'hono';
import type { Faults } from './faults';
import { randomFrom } from './random';

/** One request that changes crons, as it was really carried out. */
export type Deed = { readonly method: string; readonly path: string; readonly status: number };

const repeated = 'x-bench-repeated';

/**
 * What networks do to requests that change something: no answer at all (before or after it was carried out), a cut
 * connection (likewise), and a proxy that sends it twice and passes on the second answer. `deeds` tells what happened.
 */
export function mishapMiddleware(
  faults: Faults,
  deeds: Deed[],
  again: (request: Request) => Promise<Response>,
): MiddlewareHandler {
  const random = randomFrom(11);
  return async (context, next) => {
    const { method, path } = context.req;
    const writes = ['POST', 'PATCH', 'DELETE'].includes(method) && path.includes('/runs/crons');
    if (!writes || /\/(search|count)$/.test(path)) return next();
    const carryOut = async () => {
      await next();
      deeds.push({ method, path, status: context.res.status });
    };
    if (context.req.header(repeated)) return carryOut();
    const draw = random();
    const { hangRate, cutRate, repeatRate } = faults;
    if (draw < hangRate + cutRate) {
      if (random() < 0.5) await carryOut();
      if (draw < hangRate) return new Promise<never>(() => undefined);
      cut(context);
      throw new Error('cut on purpose');
    }
    if (draw < hangRate + cutRate + repeatRate) {
      const copy = new Request(context.req.raw.clone(), {
        headers: { ...context.req.header(), [repeated]: '1' },
      });
      await again(copy);
    }
    return carryOut();
  };
}

function cut(context: Context): void {
  (context.env as { incoming?: IncomingMessage } | undefined)?.incoming?.socket.destroy();
}
