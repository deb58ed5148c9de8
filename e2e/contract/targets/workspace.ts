import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { projectRoot } from '../../support/processes';

/** Kept from run to run: installed packages. Everything else is made anew. */
export const cacheFolder = path.join(projectRoot, '.cache/contract');

const serversFolder = path.resolve(import.meta.dirname, '../servers');

/** Of this process alone: two runs at the same time do not meet. */
const runFolder = path.join(cacheFolder, 'run', String(process.pid));

/** Removes what freshFolder made in this run. */
export function removeRunFolders(): void {
  rmSync(runFolder, { recursive: true, force: true, maxRetries: 3 });
}

/** An empty folder for one server's state, with the named files of `servers/` in it. */
export function freshFolder(name: string, ...files: readonly string[]): string {
  const folder = path.join(runFolder, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of files) cpSync(path.join(serversFolder, file), path.join(folder, path.basename(file)));
  return folder;
}

export function serverFile(name: string): string {
  return path.join(serversFolder, name);
}

const firstPort = 2150;
const lastPort = 2179;

/** A port of our range that nobody listens on and that was not given out before, here or to a run beside this one. */
export async function freePort(): Promise<number> {
  for (let port = firstPort; port <= lastPort; port += 1) {
    if (reserve(port) && (await isFree(port))) return port;
  }
  throw new Error(`No port from ${firstPort} to ${lastPort} is free.`);
}

/** A server takes seconds to listen: until then only this says that its port is taken. Files of the dead do not count. */
function reserve(port: number): boolean {
  const file = path.join(cacheFolder, 'ports', String(port));
  mkdirSync(path.dirname(file), { recursive: true });
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (isAlive(Number(readFileSync(file, 'utf8')))) return false;
    rmSync(file, { force: true });
    return reserve(port);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
