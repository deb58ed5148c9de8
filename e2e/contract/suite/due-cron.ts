import { send } from './api';
import { aCron, patchCron } from './builders';
import { soon, type Soon } from './soon';
import type { WireCron } from './wire';

export type DueCron = WireCron & { readonly marker: string; readonly when: Soon };

type Options = {
  /** How many occurrences, a second apart (or a minute, where a server knows no seconds). */
  readonly count?: number;
  /**
   * `later`: created paused and then enabled. A server that runs every new cron at once (one does) leaves it alone, so
   * what its thread shows comes from the schedule.
   */
  readonly start?: 'later' | 'enabled' | 'paused';
};

/** On a slow machine the moment may pass before the cron is stored; then a later one is tried. */
const leadsMs = [5000, 10_000, 20_000];

const isOnTime = (cron: WireCron, when: Soon) => Date.parse(cron.next_run_date ?? '') === Number(when.at[0]);

/** A cron that fires soon and then not for a year. */
export async function aDueCron(
  fields: Record<string, unknown>,
  threadId: string | null = null,
  { count = 1, start = 'later' }: Options = {},
): Promise<DueCron> {
  for (const leadMs of leadsMs) {
    const when = soon(leadMs, count);
    const enabled = start === 'enabled';
    const created = await aCron({ ...fields, schedule: when.schedule, enabled }, threadId);
    const { marker, cron_id } = created;
    const cron = start === 'later' ? await patchCron(cron_id, { enabled: true }) : created;
    if (isOnTime(cron, when)) return { ...cron, marker, when };
    await send('DELETE', `/runs/crons/${cron_id}`);
  }
  throw tooSlow();
}

/** Gives a cron a schedule that fires soon, with other changes. */
export async function reschedule(cronId: string, changes: Record<string, unknown>): Promise<Soon> {
  for (const leadMs of leadsMs) {
    const when = soon(leadMs);
    if (isOnTime(await patchCron(cronId, { ...changes, schedule: when.schedule }), when)) return when;
  }
  throw tooSlow();
}

function tooSlow(): Error {
  return new Error(
    `The server does not plan the next run within ${String(leadsMs.at(-1))} ms, where it should.`,
  );
}
