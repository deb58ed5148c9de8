import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { firstFreePort } from '@/lib/launcher/port-free';
import { projectRoot, startProgram, until } from './processes';

export type BenchDashboard = {
  /** Address of the crons page. */
  readonly crons: string;
  /** Address of the dashboard's API for the deployment. */
  readonly api: string;
  /** Address of the deployment itself, for what others do to it. */
  readonly deployment: string;
  readonly stop: () => Promise<void>;
};

type Options = {
  readonly crons: number;
  /** How long each answer of the deployment takes. */
  readonly latencyMs?: number;
  /** The first port to try. */
  readonly fromPort: number;
};

const tsx = ['--import', 'tsx'];

/** A built dashboard in front of a bench deployment whose crons do not fire, each a process of its own. */
export async function startBenchDashboard({
  crons,
  latencyMs = 0,
  fromPort,
}: Options): Promise<BenchDashboard> {
  const port = (await firstFreePort(fromPort)) ?? fromPort;
  const deploymentPort = (await firstFreePort(port + 1)) ?? port + 1;
  const deployment = `http://127.0.0.1:${deploymentPort}`;
  const dashboard = `http://localhost:${port}`;
  const dataDir = mkdtempSync(path.join(tmpdir(), 'crondeck-bench-'));
  const main = path.join(projectRoot, 'e2e/bench-deployment/main.ts');
  const args = { port: deploymentPort, crons, latency: latencyMs };
  const bench = startProgram(
    process.execPath,
    [
      ...tsx,
      main,
      '--still',
      ...Object.entries(args).flatMap(([name, value]) => [`--${name}`, String(value)]),
    ],
    {},
  );
  const launched = startProgram(process.execPath, [...tsx, 'lib/launcher/main.ts'], {
    PORT: String(port),
    LANGGRAPH_API_URL: deployment,
    CRONDECK_DATA_DIR: dataDir,
    CRONDECK_DATABASE_URL: `file:${path.join(dataDir, 'dashboard.db')}`,
  });
  const stop = async () => {
    await Promise.all([launched.stop(), bench.stop()]);
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    // The dashboard may have to be built first.
    await until('the bench deployment', 60_000, async () =>
      (await fetch(`${deployment}/ok`)).ok ? true : null,
    );
    await until('its dashboard', 240_000, async () =>
      (await fetch(`${dashboard}/icon.svg`)).ok ? true : null,
    );
  } catch (error) {
    await stop();
    throw new Error(`${String(error)}\n${bench.output()}\n${launched.output()}`, { cause: error });
  }
  return {
    crons: `${dashboard}/default/crons`,
    api: `${dashboard}/api/deployments/default`,
    deployment,
    stop,
  };
}

type ListState = { readonly matching: number; readonly snapshot: { readonly filling: object | null } };

/** How many crons match the words, as the dashboard knows it now. */
export async function countMatching({ api }: Pick<BenchDashboard, 'api'>, q: string): Promise<number> {
  const list = await readList(api, q);
  return list.matching;
}

/** Resolves when the dashboard has read all crons of the deployment and the names of their threads. */
export async function untilFilled({ api }: Pick<BenchDashboard, 'api'>, timeoutMs = 120_000): Promise<void> {
  await until('the whole snapshot', timeoutMs, async () => {
    const { snapshot, matching } = await readList(api, '');
    return snapshot.filling === null && matching > 0 ? true : null;
  });
  // Names come after the crons, page by page; every generated one has this word.
  let before = -1;
  let steady = 0;
  await until('the names of threads', timeoutMs, async () => {
    const { matching } = await readList(api, 'thread');
    steady = matching === before ? steady + 1 : 0;
    before = matching;
    if (steady < 3) await delay(1_000);
    return steady < 3 ? null : true;
  });
}

async function readList(api: string, q: string): Promise<ListState> {
  const response = await fetch(`${api}/crons?${new URLSearchParams({ q, limit: '1' })}`);
  if (!response.ok) throw new Error(`The dashboard answered ${response.status}.`);
  return (await response.json()) as ListState;
}
