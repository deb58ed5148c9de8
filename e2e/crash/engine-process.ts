import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = path.resolve(import.meta.dirname, '../..');
const READY_WITHIN_MS = 180_000;

const living = new Set<ChildProcess>();

// A harness that fails half-way must not leave engines behind.
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

export type EngineProcess = {
  /** Resolves when the ready line is printed; rejects when the process ends first. */
  readonly ready: Promise<void>;
  kill(): Promise<void>;
  terminate(): Promise<number | null>;
};

/** Starts an engine as its own process. `entry` is a file below the project's root. */
export function startEngine(entry: string, args: readonly string[]): EngineProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(ROOT, entry), ...args], {
    cwd: ROOT,
    env: { ...process.env, CRONDECK_LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  living.add(child);
  child.once('exit', () => living.delete(child));
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-4000);
  });
  return {
    ready: untilReady(child, () => errors),
    async kill() {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
      }
    },
    async terminate() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
      return child.exitCode;
    },
  };
}

async function untilReady(child: ChildProcess, errors: () => string): Promise<void> {
  let printed = '';
  const line = new Promise<'ready'>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes('crondeck engine ready')) resolve('ready');
    });
  });
  const gone = once(child, 'exit').then(() => 'gone' as const);
  const late = sleep(READY_WITHIN_MS, 'late' as const, { ref: false });
  const first = await Promise.race([line, gone, late]);
  if (first !== 'ready') throw new Error(`the engine did not become ready (${first}): ${errors()}`);
}
