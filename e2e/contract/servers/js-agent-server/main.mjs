import path from 'node:path';
import { startServer } from '@langchain/langgraph-api/server';

// LangChain's JS Agent Server as it is, without crons, for the sidecar to stand in front of.
// Usage: node main.mjs PORT STATE_FOLDER

const [port = '', stateFolder = '.'] = process.argv.slice(2);
process.env.LOG_LEVEL ??= 'error';
await startServer({
  host: '127.0.0.1',
  port: Number(port),
  nWorkers: 10,
  cwd: stateFolder,
  graphs: { probe: `${path.relative(stateFolder, path.join(import.meta.dirname, 'probe.mjs'))}:graph` },
});
