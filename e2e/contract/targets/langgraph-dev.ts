import { ensureVenv } from './python';
import { skipped, type RealServer, type Started } from './reachable-target';
import { startServer } from './start-server';
import { freePort, freshFolder } from './workspace';

const requirements = [
  'langgraph-cli[inmem]==0.4.40',
  'langgraph-api==0.16.7',
  'langgraph-runtime-inmem==0.36.7',
  'langgraph-sdk==0.4.14',
];

const install = () => ensureVenv('langgraph-dev', 11, requirements);

/** The real Agent Server, as `langgraph dev` starts it: no key, no account, nothing sent anywhere. */
export const langgraphDev: RealServer = {
  name: 'langgraph-dev',
  install,
  async start(): Promise<Started> {
    const venv = await install();
    if (!venv.ok) return skipped(venv.error);
    const port = await freePort();
    const files = ['langgraph.json', 'pyproject.toml', 'probe.py'].map((file) => `langgraph-dev/${file}`);
    const server = await startServer({
      file: venv.value.bin('langgraph'),
      args: ['dev', '--no-browser', '--no-reload', '--port', String(port), '--n-jobs-per-worker', '16'],
      cwd: freshFolder('langgraph-dev', ...files),
      env: { LANGSMITH_TRACING: 'false', CRON_SCHEDULER_SLEEP_TIME: '1' },
      ready: `http://127.0.0.1:${port}/ok`,
    });
    return {
      kind: 'running',
      ...server,
      target: {
        url: `http://127.0.0.1:${port}`,
        key: null,
        graph: 'probe',
        loopbackWebhooks: 'allowed',
        python: venv.value.python,
      },
    };
  },
};
