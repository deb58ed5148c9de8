import { onTestFinished } from 'vitest';
import { DeploymentObserver } from './observer';
import { aBench, deployment, type Bench } from './observer.test-data';

export const minute = 60_000;
export const runA = '00000000-0000-7000-8000-00000000000a';
export const runB = '00000000-0000-7000-8000-00000000000b';

export type ObservedBench = Bench & { readonly observer: DeploymentObserver };

/** A bench with somebody who observes it, both there until the test is over. */
export async function anObserver(): Promise<ObservedBench> {
  const bench = await aBench();
  onTestFinished(bench.close);
  const observer = new DeploymentObserver(deployment, { store: bench.store, now: () => bench.clock.ms });
  return { ...bench, observer };
}

/** Goes on to an instant, lets the server start what is due, and has the observer do one round. */
export async function goTo(it: ObservedBench, ms: number, part = {}): Promise<void> {
  it.clock.ms = ms;
  it.bench.store.fire(ms);
  const done = await it.observer.step(it.watched(part));
  if (!done.ok) throw new Error(done.error.message);
}
