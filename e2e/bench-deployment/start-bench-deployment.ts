import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { benchDeployment, type BenchDeployment } from './bench-deployment';
import { defaultFixture, type FixtureOptions } from './fixture';
import { noFaults, type Faults } from './faults';

export type RunningBench = BenchDeployment & { readonly url: string; readonly close: () => Promise<void> };

export type StartOptions = Partial<FixtureOptions> & {
  readonly port?: number;
  readonly faults?: Partial<Faults>;
  readonly now?: () => number;
};

/** Starts a bench deployment on loopback; port 0 (the default) takes a free one. */
export async function startBenchDeployment(options: StartOptions = {}): Promise<RunningBench> {
  const now = options.now ?? Date.now;
  const { port = 0, faults, now: _clock, ...fixture } = options;
  const bench = benchDeployment({ ...defaultFixture, nowMs: now(), ...fixture }, now, {
    ...noFaults,
    ...faults,
  });
  const server = await new Promise<Server>((resolve) => {
    const started = serve({ fetch: bench.app.fetch, port, hostname: '127.0.0.1' }, () =>
      resolve(started as Server),
    ) as Server;
  });
  const address = server.address() as AddressInfo;
  return {
    ...bench,
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
