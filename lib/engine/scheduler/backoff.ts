/** Waiting time before attempt `attempts + 1`, in ms: 1 s, 2 s, 4 s ... up to `maxMs`. `attempts` counts from 1. */
export function backoffMs(attempts: number, maxMs = 60_000): number {
  return Math.min(maxMs, 1000 * 2 ** Math.min(attempts - 1, 30));
}
