import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from '../../support/processes';

export type RunningServer = { readonly output: () => string; readonly stop: () => Promise<void> };

type Command = {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Answers 2xx once the server is up. */
  readonly ready: string;
  readonly readyWithinMs?: number;
};

/** Starts a program in a process group of its own and waits until it answers; rejects with its output if it does not. */
export async function startServer(command: Command): Promise<RunningServer> {
  const child = spawn(command.file, command.args, {
    cwd: command.cwd,
    env: { ...process.env, ...command.env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let problem: string | null = null;
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (output = (output + String(chunk)).slice(-4000)));
  child.on('error', (error) => (problem = String(error)));
  const ended = once(child, 'exit').catch(() => undefined);
  const isOver = () => problem !== null || child.exitCode !== null || child.signalCode !== null;
  const signal = (name: NodeJS.Signals) => {
    try {
      // The group: some of these programs put the server into a child of their own.
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // Nobody of the group is left.
    }
  };
  const stop = async () => {
    signal('SIGTERM');
    const killer = setTimeout(() => signal('SIGKILL'), 10_000);
    if (!isOver()) await ended;
    clearTimeout(killer);
    signal('SIGKILL');
  };
  const isUp = async () => (isOver() ? 'over' : (await fetch(command.ready)).ok ? 'up' : null);
  const state = await until(command.ready, command.readyWithinMs ?? 180_000, isUp).catch(() => 'silent');
  if (state === 'up') return { output: () => output, stop };
  await stop();
  throw new Error(`${command.file} ${command.args.join(' ')} did not start. ${problem ?? ''}\n${output}`);
}
