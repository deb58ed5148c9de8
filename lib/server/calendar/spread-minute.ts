/** A cron that begins in the busy minute. */
export type Startable = { readonly id: string; readonly schedule: string };

export type Spread = {
  /** Runs in each minute of the stretch, today and after the moves. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly moves: readonly {
    readonly id: string;
    readonly minutesLater: number;
    readonly schedule: string;
  }[];
  readonly fixed: number;
};

/** A minute that is one number, then the other four fields: what can be put off by changing that number. */
const oneMinute = /^(\d{1,2})((?:\s+\S+){4})$/;

/** The expression with its minute put off; null where it has more than one minute or the hour would be passed. */
function putOff(schedule: string, minutes: number): string | null {
  const [, minute, rest] = oneMinute.exec(schedule.trim()) ?? [];
  if (minute === undefined || Number(minute) + minutes > 59) return null;
  return `${Number(minute) + minutes}${rest}`;
}

/**
 * Puts the movable crons of the first minute into the emptiest of the minutes after it, one at a time.
 * `loads` are the runs of each minute of the stretch, the busy one first. Changes nothing: it is a proposal.
 */
export function spreadMinute(loads: readonly number[], crons: readonly Startable[]): Spread {
  const after = [...loads];
  const moves: Spread['moves'][number][] = [];
  let fixed = 0;
  for (const cron of crons) {
    if (putOff(cron.schedule, 0) === null) {
      fixed += 1;
      continue;
    }
    let best = 0;
    for (let later = 1; later < after.length; later += 1) {
      // A move must gain something: the new minute, with this run, stays below the old one.
      const gains = (after[later] as number) + 1 < (after[best] as number) + (best === 0 ? 0 : 1);
      if (gains && putOff(cron.schedule, later) !== null) best = later;
    }
    const schedule = putOff(cron.schedule, best);
    if (best === 0 || schedule === null) continue;
    after[0] = (after[0] as number) - 1;
    after[best] = (after[best] as number) + 1;
    moves.push({ id: cron.id, minutesLater: best, schedule });
  }
  return { before: loads, after, moves, fixed };
}
