import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { err, ok, type Result } from '@/lib/result';
import { cacheFolder } from './workspace';

const run = promisify(execFile);

/** Minor versions of Python 3, those with ready-made packages first. */
const preferred = [12, 13, 11, 14, 10];

/** A Python 3.`minor` or later with venv: on the PATH or among pyenv's; null where there is none. */
async function findPython(minor: number): Promise<string | null> {
  const pyenv = path.join(process.env.PYENV_ROOT ?? path.join(homedir(), '.pyenv'), 'versions');
  const installed = existsSync(pyenv) ? readdirSync(pyenv) : [];
  for (const wanted of preferred.filter((candidate) => candidate >= minor)) {
    const candidates = [
      ...installed
        .filter((version) => version.startsWith(`3.${wanted}.`))
        .map((version) => path.join(pyenv, version, 'bin/python3')),
      `python3.${wanted}`,
      'python3',
    ];
    for (const candidate of candidates) {
      const check = `import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != (3, ${wanted}))`;
      const works = await run(candidate, ['-c', check]).then(
        () => true,
        () => false,
      );
      if (works) return candidate;
    }
  }
  return null;
}

export type Venv = { readonly python: string; readonly bin: (name: string) => string };

const inFlight = new Map<string, Promise<Result<Venv, string>>>();

/** A virtual environment under .cache with exactly these requirements, made once; the error is one line for people. */
export function ensureVenv(
  name: string,
  minor: number,
  requirements: readonly string[],
): Promise<Result<Venv, string>> {
  const known = inFlight.get(name) ?? makeVenv(name, minor, requirements);
  inFlight.set(name, known);
  return known;
}

async function makeVenv(
  name: string,
  minor: number,
  requirements: readonly string[],
): Promise<Result<Venv, string>> {
  const folder = path.join(cacheFolder, name);
  const done = path.join(folder, 'installed.txt');
  const bin = (program: string) => path.join(folder, 'bin', program);
  const venv = { python: bin('python'), bin };
  if (existsSync(done) && readFileSync(done, 'utf8') === requirements.join('\n')) return ok(venv);
  const python = await findPython(minor);
  if (python === null) return err(`no Python 3.${minor} or later with venv was found`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(cacheFolder, { recursive: true });
  try {
    await run(python, ['-m', 'venv', folder]);
    await run(
      venv.python,
      ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements],
      {
        timeout: 240_000,
      },
    );
  } catch (error) {
    return err(`pip could not install ${requirements.join(' ')}: ${lastLine(error)}`);
  }
  writeFileSync(done, requirements.join('\n'));
  return ok(venv);
}

function lastLine(error: unknown): string {
  const text = (error as { stderr?: string }).stderr || String(error);
  return text.trim().split('\n').at(-1) ?? '';
}
