import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { hardenAgentServer } from '@/lib/engine/agent-server/harden-agent-server';
import { inProcessSend } from '@/lib/engine/agent-server/in-process-send';
import { mount } from '@/lib/engine/mounted-app';
import { openEngine, type OpenEngineOptions } from '@/lib/engine/open-engine';
import type { EngineSettings } from '@/lib/engine/settings';
import type { OpenError } from '@/lib/engine/storage/open-database';
import type { SessionError } from '@/lib/engine/scheduler/hold-session';
import { ok, type Result } from '@/lib/result';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const AGENTS = ['assistant', 'digest', 'slow', 'flaky', 'approval'] as const;
const WORKERS = 10;

export type Running = { readonly stop: () => Promise<void> };

/**
 * Starts LangChain's JS Agent Server with the sample agents and our crons in front, in this process. Its state goes to
 * `<dataDir>/.langgraph_api`, ours to `<dataDir>/engine.sqlite`. Rejects when the port cannot be listened on.
 */
export async function startLocalDeployment(
  settings: EngineSettings,
  wrapStore?: OpenEngineOptions['wrapStore'],
): Promise<Result<Running, OpenError | SessionError>> {
  const { dataDir, runtime } = settings;
  const opened = await openEngine({
    dataDir,
    runtime,
    send: inProcessSend(runtime.upstreamHeaders),
    ...(wrapStore && { wrapStore }),
  });
  if (!opened.ok) return opened;
  const engine = opened.value;
  mount(engine.app);
  await hardenAgentServer();
  const server = await startAgentServer(settings);
  engine.start();
  return ok({
    async stop() {
      await engine.stop();
      await server.cleanup();
    },
  });
}

/** LangChain's server with the sample agents and whatever was mounted; the benchmark posts to it without the engine. */
export async function startAgentServer(
  settings: Pick<EngineSettings, 'dataDir' | 'host' | 'port'>,
): Promise<{ cleanup: () => Promise<void> }> {
  const { dataDir } = settings;
  await mkdir(dataDir, { recursive: true });
  // Its logger reads these while it is loaded; by default it writes coloured lines for every request.
  process.env['LOG_LEVEL'] ??= 'error';
  process.env['LOG_JSON'] ??= 'true';
  const { startServer } = await import('@langchain/langgraph-api/server');
  const inDataDir = (file: string) => path.relative(dataDir, path.join(HERE, file));
  return startServer({
    host: settings.host,
    port: settings.port,
    nWorkers: WORKERS,
    cwd: dataDir,
    graphs: Object.fromEntries(AGENTS.map((name) => [name, `${inDataDir(`agents/${name}.ts`)}:graph`])),
    http: {
      app: `${inDataDir('mounted-app.ts')}:app`,
      disable_assistants: false,
      disable_threads: false,
      disable_runs: false,
      disable_store: false,
      disable_meta: false,
    },
  });
}
