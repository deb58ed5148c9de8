import type { Store } from '../store/open-store';
import type { UpstreamProblem } from '../upstream-problem';
import { openRuns } from './read-runs';
import { followRun, readOpenFirings, type SourceClient } from './run-sources';
import type { Sighting } from './sighting';
import { followAfterMs } from './watch-pace';

const mostOpen = 1_000;

type Moment = {
  readonly nowMs: number;
  readonly offsetMs: number;
  /** Takes a request from what may be sent; false where there is none left. */
  readonly take: () => boolean;
};

export type Followed = { readonly sightings: readonly Sighting[]; readonly problem: UpstreamProblem | null };

/** Follows runs until their end was seen: young ones and those somebody waits for closely, old ones now and then. */
export class OpenRunFollower {
  private readonly nextLookMs = new Map<number, number>();

  constructor(
    private readonly deployment: string,
    private readonly store: Store,
    private readonly isWatched: (cronId: string) => boolean,
  ) {}

  async look(client: SourceClient, { nowMs, offsetMs, take }: Moment): Promise<Followed> {
    const open = await openRuns(this.deployment, mostOpen, this.store);
    const rows = new Set(open.map(({ rowId }) => rowId));
    for (const rowId of this.nextLookMs.keys()) if (!rows.has(rowId)) this.nextLookMs.delete(rowId);
    const due = open.filter((run) => (this.nextLookMs.get(run.rowId ?? 0) ?? 0) <= nowMs);
    for (const { rowId, cronId, startedMs, scheduledMs } of due) {
      const ageMs = nowMs + offsetMs - (startedMs ?? scheduledMs ?? 0);
      this.nextLookMs.set(rowId ?? 0, nowMs + followAfterMs(ageMs, this.isWatched(cronId)));
    }
    const firings = due.filter(({ firingId }) => firingId !== null);
    const sightings: Sighting[] = [];
    if (firings.length > 0) {
      const read = await readOpenFirings(client, firings);
      if (!read.ok) return { sightings, problem: read.error };
      sightings.push(...read.value);
    }
    for (const run of due) {
      if (run.firingId !== null) continue;
      if (!take()) {
        this.nextLookMs.set(run.rowId ?? 0, nowMs);
        continue;
      }
      const seen = await followRun(client, run);
      if (!seen.ok) return { sightings, problem: seen.error };
      sightings.push(seen.value);
    }
    return { sightings, problem: null };
  }
}
