import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export type Child = { readonly name: string; readonly process: ChildProcess };

/** Starts a Node program that shares our terminal. Ctrl-C reaches us only, so that we end the programs in order. */
export function startChild(name: string, args: readonly string[], env: NodeJS.ProcessEnv): Child {
  return { name, process: spawn(process.execPath, args, { env, stdio: 'inherit', detached: true }) };
}

export function hasEnded(child: Child): boolean {
  return child.process.exitCode !== null || child.process.signalCode !== null;
}

/** Asks the program to stop and waits; one that does not answer within `graceMs` is killed. */
export async function stopChild(child: Child, graceMs: number): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child.process, 'exit');
  child.process.kill('SIGTERM');
  const timer = setTimeout(() => child.process.kill('SIGKILL'), graceMs);
  await ended;
  clearTimeout(timer);
}
