import type { Capabilities } from '@/lib/crons/deployment';
import { targetKinds } from '@/lib/crons/cron-list';
import type { CronId } from '@/lib/crons/ids';
import { isOpen } from '@/lib/crons/run';
import { err, ok, type Result } from '@/lib/result';
import type { CronIndex } from '../cron-index/cron-index';
import { measuredVersion } from '../measuring/usage-source';
import type { Store } from '../store/open-store';
import { isAboutTheDeployment, type UpstreamProblem } from '../upstream-problem';
import { CronReader } from './cron-reader';
import { inferredRuns, type CronMove } from './inferred-runs';
import { KeptThreadCounter, threadKey } from './kept-threads';
import { writeSeen } from './ledger-writer';
import { OpenRunFollower } from './open-runs';
import { reportedRuns } from './reported-runs';
import { readFirings, type SourceClient } from './run-sources';
import type { Sighting } from './sighting';
import { dueState, pace, RequestBudget, requestsASecond } from './watch-pace';
import { noteLook, noteRevision, readWatch } from './watch-rows';

/** One deployment as the observer sees it. */
export type Watched = {
  readonly index: Pick<CronIndex, 'set' | 'state' | 'refresh' | 'insight'>;
  readonly client: SourceClient;
  readonly capabilities: Pick<Capabilities, 'firings'>;
  /** What changes with every deployment of new code, as far as the server tells; null where it tells nothing. */
  readonly revision: string | null;
  /** The deployment's clock minus ours. */
  readonly clockOffsetMs: number;
};

type Done = Promise<Result<void, UpstreamProblem>>;

const firingPagesAStep = 5;
/** Looks of others come every few seconds; noting each would only wear the disk. */
const notedEveryMs = 60_000;
/**
 * Collects what happened to the crons of one deployment, one bounded step at a time. It asks only where something can have
 * changed: when a date has come, for crons that were started, for runs that have not ended.
 */
export class DeploymentObserver {
  private readonly budget = new RequestBudget(requestsASecond, requestsASecond * 2);
  private readonly follower: OpenRunFollower;
  private readonly reader: CronReader;
  private readonly counter: KeptThreadCounter;
  private lookedMs = Number.NEGATIVE_INFINITY;
  private lookedForMs = Number.NEGATIVE_INFINITY;
  private notedMs = Number.NEGATIVE_INFINITY;
  private gapMs = 0;
  private firingsMs = Number.NEGATIVE_INFINITY;
  private reportsVersion: number | null = null;

  constructor(
    private readonly deployment: string,
    private readonly deps: { readonly store: Store; readonly now: () => number },
  ) {
    const { store } = deps;
    this.reader = new CronReader(deployment, {
      ...deps,
      budget: this.budget,
      write: (watched, sightings) => this.write(watched, sightings),
    });
    this.follower = new OpenRunFollower(deployment, store, (cronId) => this.reader.isWatched(cronId));
    this.counter = new KeptThreadCounter(deployment, store);
  }

  /** Somebody looks at this cron: it goes first, and is followed closely for a while. */
  watch(cronId: CronId): void {
    this.reader.watch(cronId);
  }

  /** One round: look, take what moved, ask the sources. Ends early at the first sign that the deployment wants rest. */
  async step(watched: Watched): Done {
    const { set } = watched.index;
    set.moves ??= [];
    const looked = await this.look(watched);
    if (!looked.ok) return looked;
    const moves = [...set.moves];
    const { firings } = watched.capabilities;
    if (firings) {
      const read = await this.takeFirings(watched, moves.length > 0);
      if (!read.ok) return read;
    } else await this.takeMoves(watched, moves);
    // Only what is in the ledger is forgotten: a full disk must not cost the next round what this one saw.
    set.moves.splice(0, moves.length);
    if (!firings) {
      const read = await this.reader.step(watched);
      if (!read.ok) return read;
    }
    await this.takeReports(watched);
    const followed = await this.followOpen(watched);
    if (!followed.ok) return followed;
    const counted = await this.counter.step(watched.client, threadKey(firings), this.deps.now());
    return counted.ok || !isAboutTheDeployment(counted.error) ? ok(undefined) : counted;
  }

  /** What dates that moved on tell: something was started or skipped, and there may be runs to read. */
  private async takeMoves(watched: Watched, moves: readonly CronMove[]): Promise<void> {
    const { set } = watched.index;
    const nowMs = this.deps.now() + watched.clockOffsetMs;
    const inferred = moves.flatMap((move) => {
      const slot = set.columns.slotOf(move.cronId);
      if (slot === undefined) return [];
      this.reader.moved(move.cronId, slot, watched);
      const { parsed, zone } = set.schedules.at(set.columns.schedule[slot] as number);
      return inferredRuns(move, parsed, zone, nowMs);
    });
    await this.write(watched, inferred);
  }

  /** Reads the dates anew if one that is held has come, or none was read for long. */
  private async look(watched: Watched): Done {
    const { index, clockOffsetMs } = watched;
    const { now } = this.deps;
    const nowMs = now();
    const { due, latestDueMs } = dueState(index.set.columns, nowMs + clockOffsetMs - pace.lookAfterDue);
    const usualGap = index.set.columns.size > 1_000 ? pace.largeGap : pace.smallGap;
    const isNew = latestDueMs > this.lookedForMs;
    const gapMs = due === 0 ? pace.idleGap : isNew ? usualGap : Math.max(usualGap, this.gapMs);
    // Whoever looks at the table has it read already.
    const freshMs = Math.max(this.lookedMs, index.state.asOfMs ?? Number.NEGATIVE_INFINITY);
    if (nowMs - freshMs < gapMs) {
      if (freshMs - this.notedMs >= notedEveryMs) await this.note(freshMs, watched);
      return ok(undefined);
    }
    const done = await index.refresh();
    if (!done.ok) return done;
    const after = dueState(index.set.columns, nowMs + clockOffsetMs - pace.lookAfterDue);
    this.gapMs =
      after.due > 0 && !isNew ? Math.min(pace.longestGap, Math.max(usualGap, this.gapMs * 2)) : usualGap;
    this.lookedForMs = after.latestDueMs;
    this.lookedMs = now();
    await this.note(nowMs, watched);
    return done;
  }

  /** Remembers that the deployment was looked at, by whomever: what happens from then on is seen. */
  private async note(lookedMs: number, { revision, clockOffsetMs }: Watched): Promise<void> {
    await noteLook(this.deployment, lookedMs, this.deps.store);
    await noteRevision(this.deployment, revision, lookedMs + clockOffsetMs, this.deps.store);
    this.notedMs = lookedMs;
  }

  /** Runs that told of their own end; asked of our own store, and only when there is something new. */
  private async takeReports(watched: Watched): Promise<void> {
    const version = await measuredVersion(this.deployment, this.deps.store);
    if (version === this.reportsVersion) return;
    await this.write(watched, await reportedRuns(this.deployment, this.deps.store));
    this.reportsVersion = version;
  }

  private async takeFirings(watched: Watched, hasMoved: boolean): Done {
    const nowMs = this.deps.now();
    if (!hasMoved && nowMs - this.firingsMs < pace.firingsGap) return ok(undefined);
    const { store } = this.deps;
    let { firingsAfter } = await readWatch(this.deployment, store);
    for (let page = 0; page < firingPagesAStep; page += 1) {
      const read = await readFirings(watched.client, firingsAfter);
      // An engine that cannot list them all yet: what moved is not known any better.
      if (!read.ok) return read.error.code === 'not-found' ? ok(undefined) : read;
      firingsAfter = read.value.after;
      await this.write(watched, read.value.sightings, firingsAfter);
      if (!read.value.hasMore) {
        this.firingsMs = nowMs;
        break;
      }
    }
    return ok(undefined);
  }

  private async followOpen(watched: Watched): Done {
    const seen = await this.follower.look(watched.client, {
      nowMs: this.deps.now(),
      offsetMs: watched.clockOffsetMs,
      take: () => this.budget.take(this.deps.now()),
    });
    await this.write(watched, seen.sightings);
    return seen.problem === null || !isAboutTheDeployment(seen.problem) ? ok(undefined) : err(seen.problem);
  }

  private async write(
    watched: Watched,
    sightings: readonly Sighting[],
    firingsAfter?: number,
  ): Promise<void> {
    await writeSeen(this.deployment, watched.index, sightings, this.deps.store, firingsAfter);
    for (const { cronId, status, threadId } of sightings) {
      if (threadId !== null && !isOpen(status) && keepsThreads(watched, cronId))
        this.counter.note(cronId, status === 'interrupted', this.deps.now());
    }
  }
}

/** Whether its runs leave threads that can be told from those of others. */
function keepsThreads({ index, capabilities }: Watched, cronId: CronId): boolean {
  const { columns } = index.set;
  const slot = columns.slotOf(cronId);
  if (slot === undefined || targetKinds[columns.target[slot] as number] !== 'new-thread-kept') return false;
  return capabilities.firings || columns.findable[slot] === 1;
}
