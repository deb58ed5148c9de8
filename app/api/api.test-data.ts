import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startBenchDeployment, type RunningBench } from '@/e2e/bench-deployment/start-bench-deployment';
import { openDashboard } from '@/lib/server/dashboard';

export type ApiRig = {
  readonly bench: RunningBench;
  /** Where the dashboard keeps its files. */
  readonly folder: string;
  /** Stops everything and leaves the environment as it was. */
  readonly close: () => Promise<void>;
};

/** A bench deployment, and a dashboard of its own that is pointed at it by the environment. */
export async function startApi(
  fixture: Parameters<typeof startBenchDeployment>[0],
  env: Readonly<Record<string, string>> = {},
): Promise<ApiRig> {
  const environment = { ...process.env };
  const folder = mkdtempSync(path.join(tmpdir(), 'crondeck-api-'));
  const bench = await startBenchDeployment(fixture);
  Object.assign(process.env, { LANGGRAPH_API_URL: bench.url, CRONDECK_DATA_DIR: folder, ...env });
  const close = async () => {
    const dashboard = await openDashboard();
    if (dashboard.ok) {
      const { keeper, measurer, observers, alerts, live, deps } = dashboard.value;
      live.stop();
      await Promise.all([keeper.stop(), measurer.stop(), observers.stop(), alerts.stop()]);
      deps.store.close();
    }
    await bench.close();
    process.env = environment;
    rmSync(folder, { recursive: true, force: true });
  };
  return { bench, folder, close };
}
