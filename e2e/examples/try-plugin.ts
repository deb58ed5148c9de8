import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

// npm run try:plugin [-- --port P]
// Packs Crondeck, installs it into a copy of the example project, starts that with LangChain's own CLI and waits for a
// cron to fire. Everything a JS developer would do, nothing else.

const ROOT = path.resolve(import.meta.dirname, '../..');
const READY_WITHIN_MS = 120_000;
const FIRES_WITHIN_MS = 30_000;

const { values } = parseArgs({ options: { port: { type: 'string', default: '2114' } } });
const url = `http://127.0.0.1:${values.port}`;

function run(command: string, args: readonly string[], cwd: string): string {
  const done = spawnSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stdout}${done.stderr}`);
  return done.stdout;
}

async function eventually<T>(what: string, withinMs: number, look: () => Promise<T | null>): Promise<T> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    const found = await look().catch(() => null);
    if (found !== null) return found;
    await sleep(300);
  }
  throw new Error(`${what} did not happen within ${withinMs / 1000} s`);
}

async function json(method: string, route: string, body?: unknown): Promise<unknown> {
  const response = await fetch(url + route, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function install(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'crondeck-plugin-'));
  const project = path.join(folder, 'project');
  const packed = run('npm', ['pack', '--silent', '--pack-destination', folder], ROOT)
    .trim()
    .split('\n')
    .at(-1);
  await cp(path.join(ROOT, 'e2e/examples/plugin-project'), project, { recursive: true });
  run('npm', ['install', '--no-audit', '--no-fund', path.join(folder, packed ?? '')], project);
  return project;
}

async function firesThere(): Promise<void> {
  const info = (await json('GET', '/info')) as { flags: { crons: boolean } };
  if (!info.flags.crons) throw new Error('/info says that there are no crons');
  const cron = (await json('POST', '/runs/crons', {
    assistant_id: 'echo',
    schedule: '* * * * * */2',
    input: { text: 'hello' },
    on_run_completed: 'keep',
  })) as { cron_id: string };
  type Firing = { status: string; thread_id: string };
  const { thread_id: threadId } = await eventually('a successful firing', FIRES_WITHIN_MS, async () => {
    const firings = (await json('GET', `/crondeck/crons/${cron.cron_id}/firings`)) as Firing[];
    return firings.find((firing) => firing.status === 'success') ?? null;
  });
  const thread = (await json('GET', `/threads/${threadId}`)) as { values: { text: string } };
  if (thread.values.text !== 'echo: hello')
    throw new Error(`unexpected result: ${JSON.stringify(thread.values)}`);
}

async function main(): Promise<void> {
  const project = await install();
  process.stdout.write('packed and installed\n');
  const bin = path.join(project, 'node_modules/.bin/langgraphjs');
  // Its own group: the CLI starts a watcher that starts the server, and all of them have to end.
  const cli = spawn(bin, ['dev', '--no-browser', '--host', '127.0.0.1', '--port', values.port], {
    cwd: project,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LANGSMITH_TRACING: 'false' },
  });
  let output = '';
  for (const stream of [cli.stdout, cli.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  try {
    await eventually('the start of the server', READY_WITHIN_MS, () => json('GET', '/ok'));
    await firesThere();
    process.stdout.write('plugin: a cron of the example project fired\n');
  } catch (error) {
    process.stdout.write(output.slice(-4000));
    throw error;
  } finally {
    const gone = once(cli, 'exit');
    if (cli.pid !== undefined) process.kill(-cli.pid, 'SIGTERM');
    await Promise.race([gone, sleep(10_000)]);
  }
  await rm(path.dirname(project), { recursive: true, force: true });
}

await main();
