import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { err, ok, type Result } from '@/lib/result';
import { cacheFolder, freePort } from './workspace';

const run = promisify(execFile);
const debianHome = '/usr/lib/postgresql';

export type Postgres = { readonly url: string; readonly stop: () => Promise<void> };

/** A PostgreSQL cluster of its own on an own port, removed when it is stopped; the error is one line for people. */
export async function startPostgres(): Promise<Result<Postgres, string>> {
  const programs = ensurePostgres();
  if (programs === null) return err('no PostgreSQL was found (Debian: apt-get install postgresql)');
  const folder = clusterFolder();
  if (folder === null) return err('the user postgres, as which a root user must start it, does not exist');
  const port = await freePort();
  const data = path.join(folder, 'data');
  const password = crypto.randomUUID();
  writeFileSync(path.join(folder, 'password'), password);
  own(folder);
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`;
  const as = (program: string, ...args: readonly string[]) =>
    runAsUser(path.join(programs, program), args, folder);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    await as('initdb', '-D', data, '-U', 'crondeck', '-A', 'scram-sha-256', `--pwfile=${folder}/password`);
    await as('pg_ctl', '-D', data, '-w', '-l', path.join(folder, 'log'), '-o', settings, 'start');
  } catch (error) {
    remove();
    return err(`PostgreSQL did not start: ${String(error).split('\n').slice(0, 2).join(' ')}`);
  }
  return ok({
    url: `postgresql://crondeck:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      await as('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
      remove();
    },
  });
}

/** The folder of its programs; as root on Debian they are installed. Null where there are none. */
export function ensurePostgres(): string | null {
  return findPrograms() ?? installPrograms();
}

function findPrograms(): string | null {
  const versions = existsSync(debianHome) ? readdirSync(debianHome) : [];
  const folders = versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => path.join(debianHome, version, 'bin'));
  const onPath = (process.env.PATH ?? '').split(path.delimiter);
  return [...folders, ...onPath].find((folder) => existsSync(path.join(folder, 'initdb'))) ?? null;
}

const isRoot = process.getuid?.() === 0;

function installPrograms(): string | null {
  if (!isRoot || !existsSync('/etc/debian_version')) return null;
  process.stdout.write('No PostgreSQL found: installing the one of Debian ...\n');
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'postgresql'],
  ]) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', args, { stdio: 'ignore', env, timeout: 180_000 });
  }
  return findPrograms();
}

/** Under .cache if the user that will own it can get there, else among the temporary files; null without that user. */
function clusterFolder(): string | null {
  mkdirSync(cacheFolder, { recursive: true });
  if (!isRoot) return mkdtempSync(path.join(cacheFolder, 'postgres-'));
  const may = (command: readonly string[]) =>
    spawnSync('runuser', ['-u', 'postgres', '--', ...command]).status === 0;
  if (!may(['true'])) return null;
  return mkdtempSync(path.join(may(['test', '-x', cacheFolder]) ? cacheFolder : tmpdir(), 'postgres-'));
}

/** PostgreSQL refuses to run as root. */
function own(folder: string): void {
  if (isRoot) spawnSync('chown', ['-R', 'postgres', folder]);
}

function runAsUser(program: string, args: readonly string[], cwd: string) {
  // Its output goes nowhere: the server would inherit the pipe and the command never seem to end.
  const [file, all] = isRoot ? ['runuser', ['-u', 'postgres', '--', program, ...args]] : [program, [...args]];
  return run('sh', ['-c', 'exec "$@" >last-command.log 2>&1', 'sh', file, ...all], { cwd });
}
