import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Hono } from 'hono';
import { hardenAgentServer } from '@/lib/engine/agent-server/harden-agent-server';
import { inProcessSend } from '@/lib/engine/agent-server/in-process-send';
import type { Engine } from '@/lib/engine/engine';
import { openEngine } from '@/lib/engine/open-engine';
import { runtimeSettings } from '@/lib/engine/settings';
import type { Problem } from '@/lib/result';

// The entry of `crondeck/engine`. LangChain's server loads `http.app` from a file of the project, so a project has
//   crons.ts:        export { app } from 'crondeck/engine';
//   langgraph.json:  "http": { "app": "./crons.ts:app" }

const ASK_AGAIN_MS = 100;

/**
 * Crons for the JS Agent Server that loads this, as routes to be mounted before its own. Firing begins when the server
 * answers. Crons are kept in `.crondeck` of the project, or in CRONDECK_DATA_DIR. Importing it rejects when that folder
 * cannot be used: damaged, written by a newer version, or held by another engine.
 */
export const app: Hono = await startPlugin();

async function startPlugin(): Promise<Hono> {
  const runtime = runtimeSettings(process.env);
  if (!runtime.ok) throw unusable(runtime.error);
  await hardenAgentServer();
  const opened = await openEngine({
    dataDir: path.resolve(process.env['CRONDECK_DATA_DIR'] || '.crondeck'),
    runtime: runtime.value,
    send: inProcessSend(runtime.value.upstreamHeaders),
  });
  if (!opened.ok) throw unusable(opened.error);
  const engine = opened.value;
  // The server is still registering its routes while it imports this; asking it from inside now would close the list.
  void startWhenServing(engine);
  // It ends the process itself on these signals, after its own clean-up.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void engine.stop());
  return engine.app;
}

async function startWhenServing(engine: Engine): Promise<void> {
  const addresses = [process.env['LANGGRAPH_API_URL'], `http://127.0.0.1:${process.env['PORT'] ?? ''}`];
  for (;;) {
    for (const address of addresses) {
      const answered = await fetch(`${address}/ok`).then(
        () => true,
        () => false,
      );
      if (!answered) continue;
      engine.start();
      return;
    }
    await sleep(ASK_AGAIN_MS, undefined, { ref: false });
  }
}

function unusable(problem: Problem): Error {
  return new Error(`${problem.message} ${problem.hint}`);
}
