import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { err, ok, type Result } from '@/lib/result';
import { projectRoot } from '../../support/processes';
import { skipped, type ReachableTarget, type Started } from './reachable-target';
import { sdkPython } from './sdk-python';
import { startServer } from './start-server';
import { cacheFolder, freePort, freshFolder, serverFile } from './workspace';

const run = promisify(execFile);
const exampleFolder = path.join(projectRoot, 'e2e/examples/plugin-project');
const state = ['.langgraph_api', '.crondeck', 'langgraph.json', 'probe.mjs'];

/** The engine as a plug-in: packed, installed into the example project and started there by LangChain's own CLI. */
export const plugin: ReachableTarget = {
  name: 'plugin',
  async start(): Promise<Started> {
    const folder = await installedProject();
    if (!folder.ok) return skipped(folder.error);
    const cwd = folder.value;
    for (const name of state) rmSync(path.join(cwd, name), { recursive: true, force: true });
    cpSync(serverFile('js-agent-server/probe.mjs'), path.join(cwd, 'probe.mjs'));
    const settings = JSON.parse(readFileSync(path.join(exampleFolder, 'langgraph.json'), 'utf8')) as object;
    const graphs = { probe: './probe.mjs:graph' };
    writeFileSync(path.join(cwd, 'langgraph.json'), JSON.stringify({ ...settings, graphs }));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const server = await startServer({
      file: path.join(cwd, 'node_modules/.bin/langgraphjs'),
      args: [
        'dev',
        '--no-browser',
        '--host',
        '127.0.0.1',
        '--port',
        String(port),
        '--n-jobs-per-worker',
        '10',
      ],
      cwd,
      env: { LANGSMITH_TRACING: 'false', CRONDECK_WEBHOOK_ALLOW_LOOPBACK: '1', CRONDECK_LOG_LEVEL: 'warn' },
      ready: `${url}/ok`,
    });
    const python = await sdkPython();
    return {
      kind: 'running',
      ...server,
      target: { url, key: null, graph: 'probe', loopbackWebhooks: 'allowed', python },
    };
  },
};

/** The example project with its packages, installed once, and with our package as it is packed today. */
async function installedProject(): Promise<Result<string, string>> {
  const packages = freshFolder('packed');
  // Not skipped: a package that cannot be packed is our own fault.
  await run('npm', ['pack', '--silent', '--pack-destination', packages], { cwd: projectRoot });
  const packed = path.join(packages, `crondeck-${version()}.tgz`);
  const folder = path.join(cacheFolder, 'plugin');
  const done = path.join(folder, 'installed.txt');
  const wanted = fingerprint('package-lock.json', 'e2e/examples/plugin-project/package.json');
  if (!existsSync(done) || readFileSync(done, 'utf8') !== wanted) {
    rmSync(folder, { recursive: true, force: true });
    cpSync(exampleFolder, folder, { recursive: true });
    const installed = await run('npm', ['install', '--no-audit', '--no-fund', packed], {
      cwd: folder,
      timeout: 400_000,
    }).catch((error: unknown) => error);
    if (installed instanceof Error)
      return err(`npm could not install the example project: ${lastLine(installed)}`);
    writeFileSync(done, wanted);
  }
  const target = path.join(folder, 'node_modules/crondeck');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target);
  await run('tar', ['-xzf', packed, '-C', target, '--strip-components=1']);
  return ok(folder);
}

function version(): string {
  const manifest = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}

function fingerprint(...files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(path.join(projectRoot, file)));
  return hash.digest('hex');
}

function lastLine(error: Error): string {
  return error.message.trim().split('\n').at(-1) ?? '';
}
