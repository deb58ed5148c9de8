import { ensurePostgres, startPostgres } from './postgres';
import { ensureVenv } from './python';
import { skipped, type RealServer, type Started } from './reachable-target';
import { startServer } from './start-server';
import { freePort, freshFolder } from './workspace';

const installAegra = () => ensureVenv('aegra', 12, ['aegra-api==0.11.0', 'aegra-cli==0.11.0']);

/** Aegra on a PostgreSQL of its own, polling each second and with schedules of six fields switched on. */
export const aegra: RealServer = {
  name: 'aegra',
  async install() {
    if ((await installAegra()).ok) ensurePostgres();
  },
  async start(): Promise<Started> {
    const venv = await installAegra();
    if (!venv.ok) return skipped(venv.error);
    const postgres = await startPostgres();
    if (!postgres.ok) return skipped(postgres.error);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    try {
      const server = await startServer({
        file: venv.value.bin('aegra'),
        args: ['serve', '--host', '127.0.0.1', '--port', String(port)],
        cwd: freshFolder('aegra', 'aegra/aegra.json', 'langgraph-dev/probe.py'),
        env: {
          DATABASE_URL: postgres.value.url,
          LANGSMITH_TRACING: 'false',
          CRON_POLL_INTERVAL_SECONDS: '1',
          CRON_ALLOW_SECONDS_SCHEDULE: 'true',
          CRON_MAX_PER_USER: '0',
        },
        ready: `${url}/info`,
      });
      return {
        kind: 'running',
        target: { url, key: null, graph: 'probe', loopbackWebhooks: 'allowed', python: venv.value.python },
        output: server.output,
        async stop() {
          await server.stop();
          await postgres.value.stop();
        },
      };
    } catch (error) {
      await postgres.value.stop();
      throw error;
    }
  },
};
