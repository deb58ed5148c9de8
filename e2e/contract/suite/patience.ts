import { AsyncLocalStorage } from 'node:async_hooks';

const store = new AsyncLocalStorage<number>();

/** How long a case waits beyond the moment at which something is due: poll, queue and a slow machine together. */
const usualMs = 60_000;
/** Where the table says that it never comes, waiting long would only cost time. */
const hopelessMs = 12_000;

export function withPatience<T>(isHopeless: boolean, body: () => Promise<T>): Promise<T> {
  return store.run(isHopeless ? hopelessMs : usualMs, body);
}

export function patienceMs(): number {
  return store.getStore() ?? usualMs;
}
