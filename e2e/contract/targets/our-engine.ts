import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { projectRoot } from '../../support/processes';
import type { ReachableTarget, Started } from './reachable-target';
import { sdkPython } from './sdk-python';
import { startServer, type RunningServer } from './start-server';
import { freePort, freshFolder, serverFile } from './workspace';

const engineMain = path.join(projectRoot, 'lib/engine/main.ts');

function startEngine(port: number, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return startServer({
    file: process.execPath,
    args: ['--import', 'tsx', engineMain, '--port', String(port), ...args],
    cwd: projectRoot,
    env: { CRONDECK_LOG_LEVEL: 'warn', ...env },
    ready: `http://127.0.0.1:${port}/ok`,
  });
}

/** The engine inside the local deployment, with webhooks to this machine allowed. */
export const localDeployment: ReachableTarget = {
  name: 'engine',
  async start(): Promise<Started> {
    const port = await freePort();
    const [server, python] = await Promise.all([
      startEngine(port, ['--data', freshFolder('engine')], { CRONDECK_WEBHOOK_ALLOW_LOOPBACK: '1' }),
      sdkPython(),
    ]);
    const url = `http://127.0.0.1:${port}`;
    return {
      kind: 'running',
      ...server,
      target: { url, key: null, graph: null, loopbackWebhooks: 'allowed', python },
    };
  },
};

/** The same, that can be stopped for a while and goes on with what it had. */
export function pausableEngine(): ReachableTarget & { pause(ms: number): Promise<void> } {
  let server: RunningServer | null = null;
  let again: () => Promise<RunningServer>;
  return {
    name: 'engine',
    async start(): Promise<Started> {
      const port = await freePort();
      const data = freshFolder('engine');
      again = () => startEngine(port, ['--data', data]);
      server = await again();
      const url = `http://127.0.0.1:${port}`;
      return {
        kind: 'running',
        target: { url, key: null, graph: null, loopbackWebhooks: 'refused', python: null },
        output: () => server?.output() ?? '',
        stop: async () => server?.stop(),
      };
    },
    async pause(ms) {
      await server?.stop();
      await delay(ms);
      server = await again();
    },
  };
}

/** The engine in front of an Agent Server that has no crons, with webhooks to this machine refused. */
export const sidecar: ReachableTarget = {
  name: 'sidecar',
  async start(): Promise<Started> {
    const [upstreamPort, port] = [await freePort(), await freePort()];
    const upstreamUrl = `http://127.0.0.1:${upstreamPort}`;
    const upstream = await startServer({
      file: process.execPath,
      args: [serverFile('js-agent-server/main.mjs'), String(upstreamPort), freshFolder('upstream')],
      cwd: projectRoot,
      ready: `${upstreamUrl}/ok`,
    });
    const python = await sdkPython();
    const engine = await startEngine(port, [
      '--upstream',
      upstreamUrl,
      '--data',
      freshFolder('sidecar'),
    ]).catch(async (error: unknown) => {
      await upstream.stop();
      throw error;
    });
    return {
      kind: 'running',
      target: {
        url: `http://127.0.0.1:${port}`,
        key: null,
        graph: null,
        loopbackWebhooks: 'refused',
        python,
      },
      output: () => `${engine.output()}\n--- upstream\n${upstream.output()}`,
      async stop() {
        await engine.stop();
        await upstream.stop();
      },
    };
  },
};
