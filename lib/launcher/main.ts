import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { needsBuild } from './build-state';
import { hasEnded, startChild, stopChild, type Child } from './children';
import { firstFreePort, portIsFree } from './port-free';
import { launchSettings, type LaunchSettings, type LocalSettings } from './settings';
import { waitUntilUp } from './wait-until-up';

const root = path.resolve(import.meta.dirname, '../..');
const nextBin = createRequire(import.meta.url).resolve('next/dist/bin/next');

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function fail(message: string, hint: string): never {
  process.stderr.write(`\n${message}\n${hint}\n`);
  process.exit(1);
}

function readEnvFiles(): void {
  // A value that is already set wins, so the more specific file is read first.
  for (const name of ['.env.local', '.env']) {
    const file = path.join(root, name);
    if (existsSync(file)) process.loadEnvFile(file);
  }
}

async function checkDashboardPort(settings: LaunchSettings): Promise<void> {
  if (await portIsFree(settings.port, settings.host)) return;
  fail(
    `Port ${settings.port} is taken: another program, perhaps another Crondeck, is using it.`,
    'Stop that program, or choose another port: PORT=3001 npm start',
  );
}

/** The port of the local deployment: the usual one may give way to a neighbour, one that was asked for may not. */
async function chooseLocalPort(local: LocalSettings): Promise<number> {
  const free = local.portIsChosen
    ? (await portIsFree(local.port, '127.0.0.1'))
      ? local.port
      : null
    : await firstFreePort(local.port);
  if (free === null) {
    fail(
      `Port ${local.port} is taken, so the local deployment cannot start.`,
      `Stop the program that uses it, choose another port (CRONDECK_LOCAL_PORT=2099 npm start), or, if that program is an Agent Server, point Crondeck at it: LANGGRAPH_API_URL=http://127.0.0.1:${local.port} npm start`,
    );
  }
  if (free !== local.port) say(`Port ${local.port} is taken, so the local deployment uses port ${free}.`);
  return free;
}

function buildIfNeeded(env: NodeJS.ProcessEnv): void {
  if (!needsBuild(root)) return;
  say('Building the dashboard (once, about half a minute) ...');
  const built = spawnSync(process.execPath, [nextBin, 'build'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (built.status !== 0)
    fail(
      `${built.stdout}\nThe dashboard could not be built.`,
      'The lines above say why. After an interrupted install, try: rm -rf node_modules .next && npm ci',
    );
}

async function main(): Promise<void> {
  readEnvFiles();
  process.chdir(root);
  const read = launchSettings(process.env, root);
  if (!read.ok) fail(read.error.message, read.error.hint);
  const settings = read.value;
  await checkDashboardPort(settings);
  const localPort = settings.local && (await chooseLocalPort(settings.local));
  const env: NodeJS.ProcessEnv = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
  if (localPort) env.CRONDECK_LOCAL_URL = `http://127.0.0.1:${localPort}`;
  buildIfNeeded(env);

  const children: Child[] = [];
  if (settings.local) {
    const tsx = ['--import', 'tsx', path.join(root, 'lib/engine/main.ts')];
    children.push(
      startChild(
        'local deployment',
        [...tsx, '--port', String(localPort), '--data', settings.local.dataDir],
        env,
      ),
    );
  }
  children.push(
    startChild('dashboard', [nextBin, 'start', '-H', settings.host, '-p', String(settings.port)], env),
  );

  const stopped = Promise.race([
    ...children.map(async (child) => {
      await once(child.process, 'exit');
      return child;
    }),
    new Promise<null>((resolve) => {
      // Stays installed: npm may pass the same Ctrl-C on, and a second signal must not end us before the children.
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve(null));
    }),
  ]);
  const url = `http://${settings.host === '127.0.0.1' ? 'localhost' : settings.host}:${settings.port}`;
  void waitUntilUp(`${url}/api/deployments`, 60_000, () => children.some(hasEnded)).then(
    (up) => up && say(`\nCrondeck is ready: ${url}\n`),
  );

  const first = await stopped;
  // The dashboard goes first: while the engine finishes its tick nobody should be shown a dead deployment.
  for (const child of children.toReversed()) await stopChild(child, 10_000);
  if (first)
    fail(`The ${first.name} ended by itself, so everything was stopped.`, 'Its last lines above say why.');
}

await main();
