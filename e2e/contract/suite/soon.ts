import { inject } from 'vitest';
import { patienceMs } from './patience';

/** An occurrence (or several, a second or a minute apart) that comes once and then not for a year. */
export type Soon = { readonly schedule: string; readonly at: readonly Date[] };

/**
 * A schedule with `count` occurrences, the first at least `leadMs` from now, all within one minute (or, on a server
 * without seconds, within one hour), so that each can be written as a plain list in one field.
 */
export function soon(leadMs: number, count = 1): Soon {
  const { seconds } = inject('server');
  const step = seconds === 'none' ? 60_000 : 1000;
  const lap = step * 60;
  let first = Math.ceil((Date.now() + leadMs) / step) * step;
  if ((first % lap) / step + count > 60) first = Math.ceil(first / lap) * lap;
  const at = Array.from({ length: count }, (_, index) => new Date(first + index * step));
  const date = new Date(first);
  const day = `${date.getUTCDate()} ${date.getUTCMonth() + 1} *`;
  const list = at.map((one) => (seconds === 'none' ? one.getUTCMinutes() : one.getUTCSeconds())).join(',');
  const clock = `${date.getUTCMinutes()} ${date.getUTCHours()} ${day}`;
  switch (seconds) {
    case 'none':
      return { schedule: `${list} ${date.getUTCHours()} ${day}`, at };
    case 'last':
      return { schedule: `${clock} ${list}`, at };
    case 'first':
      return { schedule: `${list} ${clock}`, at };
  }
}

/** The time by which the last occurrence must have been seen, in milliseconds from now. */
export function patienceFor({ at }: Soon): number {
  return Math.max(0, (at.at(-1)?.getTime() ?? 0) - Date.now()) + patienceMs();
}
