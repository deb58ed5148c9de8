import type { CronId, ThreadId } from '@/lib/crons/ids';
import type { Capabilities } from '@/lib/crons/deployment';
import { previousRun } from '@/lib/schedule/next-runs';
import { err, ok, type Result } from '@/lib/result';
import type { CronIndex } from '../cron-index/cron-index';
import type { Store } from '../store/open-store';
import type { UpstreamProblem } from '../upstream-problem';
import { measuredVersion } from '../measuring/usage-source';
import { inferredRuns } from './inferred-runs';
import { OpenRunFollower } from './open-runs';
import { reportedRuns } from './reported-runs';
import { readFirings, readKeptThreads, readThreadRuns, type SourceClient } from './run-sources';
import type { Sighting } from './sighting';
import { dueState, pace, RequestBudget, requestsASecond } from './watch-pace';
import { noteLook, readWatch } from './watch-rows';
import { writeSightings } from './write-runs';

/** One deployment as the observer sees it. */
export type Watched = {
  readonly index: Pick<CronIndex, 'set' | 'state' | 'refresh' | 'insight'>;
  readonly client: SourceClient;
  readonly capabilities: Pick<Capabilities, 'firings'>;
  /** The deployment's clock minus ours. */
  readonly clockOffsetMs: number;
};

type Done = Promise<Result<void, UpstreamProblem>>;

const firingPagesAStep = 5;
/** A run that began so soon after a due time was due then; polls take up to a minute, and then it is queued. */
const dueToleranceMs = 120_000;

/**
 * Collects what happened to the crons of one deployment, one bounded step at a time. It asks only where something can have
 * changed: when a date has come, for crons that were started, for runs that have not ended.
 */
export class DeploymentObserver {
  private readonly budget = new RequestBudget(requestsASecond, requestsASecond * 2);
  private readonly follower: OpenRunFollower;
  /** Crons whose runs are to be read, by when they were put here. */
  private readonly toRead = new Set<CronId>();
  private readonly readMs = new Map<CronId, number>();
  private readonly watchedMs = new Map<string, number>();
  private lookedMs = Number.NEGATIVE_INFINITY;
  private lookedForMs = Number.NEGATIVE_INFINITY;
  private gapMs = 0;
  private firingsMs = Number.NEGATIVE_INFINITY;
  private reportsVersion: number | null = null;

  constructor(
    private readonly deployment: string,
    private readonly deps: { readonly store: Store; readonly now: () => number },
  ) {
    this.follower = new OpenRunFollower(deployment, deps.store, (cronId) => this.isWatched(cronId));
  }

  /** Somebody looks at this cron: it goes first, and is followed closely for a while. */
  watch(cronId: CronId): void {
    if (!this.isWatched(cronId)) this.toRead.add(cronId);
    this.watchedMs.set(cronId, this.deps.now());
  }

  /** One round: look, take what moved, ask the sources. Ends early at the first sign that the deployment wants rest. */
  async step(watched: Watched): Done {
    const { set } = watched.index;
    set.moves ??= [];
    const looked = await this.look(watched);
    if (!looked.ok) return looked;
    const moves = set.moves.splice(0);
    if (watched.capabilities.firings) {
      const read = await this.takeFirings(watched, moves.length > 0);
      if (!read.ok) return read;
    } else {
      const nowMs = this.deps.now() + watched.clockOffsetMs;
      const inferred = moves.flatMap((move) => {
        const slot = set.columns.slotOf(move.cronId);
        if (slot === undefined) return [];
        if (readable(watched, slot) !== null) this.toRead.add(move.cronId);
        const { parsed, zone } = set.schedules.at(set.columns.schedule[slot] as number);
        return inferredRuns(move, parsed, zone, nowMs).map((run) => ({
          ...run,
          assistantId: set.assistantOf(slot),
        }));
      });
      await this.write(watched, inferred);
      const read = await this.readCrons(watched);
      if (!read.ok) return read;
    }
    await this.takeReports(watched);
    return this.followOpen(watched);
  }

  private isWatched(cronId: string): boolean {
    return this.deps.now() - (this.watchedMs.get(cronId) ?? Number.NEGATIVE_INFINITY) < pace.watchedFor;
  }

  /** Reads the dates anew if one that is held has come, or none was read for long. */
  private async look({ index, clockOffsetMs }: Watched): Done {
    const { now } = this.deps;
    const nowMs = now();
    const { due, latestDueMs } = dueState(index.set.columns, nowMs + clockOffsetMs - pace.lookAfterDue);
    const usualGap = index.set.columns.size > 1_000 ? pace.largeGap : pace.smallGap;
    const isNew = latestDueMs > this.lookedForMs;
    const gapMs = due === 0 ? pace.idleGap : isNew ? usualGap : Math.max(usualGap, this.gapMs);
    // Whoever looks at the table has it read already.
    const freshMs = Math.max(this.lookedMs, index.state.asOfMs ?? Number.NEGATIVE_INFINITY);
    if (nowMs - freshMs < gapMs) return ok(undefined);
    const done = await index.refresh();
    if (!done.ok) return done;
    const after = dueState(index.set.columns, nowMs + clockOffsetMs - pace.lookAfterDue);
    this.gapMs =
      after.due > 0 && !isNew ? Math.min(pace.longestGap, Math.max(usualGap, this.gapMs * 2)) : usualGap;
    this.lookedForMs = after.latestDueMs;
    this.lookedMs = now();
    await noteLook(this.deployment, nowMs, this.deps.store);
    return done;
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

  /** Reads the runs of crons that were started or are looked at, as many as the budget allows, those looked at first. */
  private async readCrons(watched: Watched): Done {
    const waiting = [...this.toRead].toSorted(
      (a, b) => Number(this.isWatched(b)) - Number(this.isWatched(a)),
    );
    for (const cronId of waiting) {
      const nowMs = this.deps.now();
      const gapMs = this.isWatched(cronId) ? pace.watchedReadGap : pace.readGap;
      const slot = watched.index.set.columns.slotOf(cronId);
      const source = slot === undefined ? null : readable(watched, slot);
      if (source === null) {
        this.toRead.delete(cronId);
        continue;
      }
      if (nowMs - (this.readMs.get(cronId) ?? Number.NEGATIVE_INFINITY) < gapMs) continue;
      if (!this.budget.take(nowMs)) break;
      this.toRead.delete(cronId);
      this.readMs.set(cronId, nowMs);
      const read =
        source.kind === 'thread'
          ? await readThreadRuns(watched.client, cronId, source.threadId)
          : await this.readKept(watched.client, cronId);
      if (!read.ok) {
        this.toRead.add(cronId);
        if (isAboutTheDeployment(read.error)) return read;
        continue;
      }
      this.budget.charge(source.kind === 'kept' ? read.value.length : 1);
      await this.write(watched, read.value);
    }
    return ok(undefined);
  }

  private async readKept(client: SourceClient, cronId: CronId) {
    const { rows } = await this.deps.store.read(
      `SELECT DISTINCT thread_id FROM run WHERE deployment = ? AND cron_id = ? AND thread_id IS NOT NULL
       AND status NOT IN ('pending', 'running') ORDER BY at DESC LIMIT 200`,
      [this.deployment, cronId],
    );
    const known = new Set(rows.map((row) => String(row['thread_id'])));
    return readKeptThreads(client, cronId, (threadId) => known.has(threadId));
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

  /** With `firingsAfter` the place that was read to is kept in the same step, so that nothing is left out or lost. */
  private async write(
    { index }: Watched,
    sightings: readonly Sighting[],
    firingsAfter?: number,
  ): Promise<void> {
    const { set } = index;
    const dueOf = (cronId: string, startedMs: number) => {
      const slot = set.columns.slotOf(cronId);
      if (slot === undefined) return null;
      const { parsed, zone } = set.schedules.at(set.columns.schedule[slot] as number);
      const due = parsed === null ? null : previousRun(parsed, zone, startedMs + 1);
      return due !== null && startedMs - due <= dueToleranceMs ? due : null;
    };
    const named = sightings.map((run) => {
      const slot = run.assistantId === null ? set.columns.slotOf(run.cronId) : undefined;
      return slot === undefined ? run : { ...run, assistantId: set.assistantOf(slot) };
    });
    const kept = {
      sql: 'UPDATE watch SET firings_after = ? WHERE deployment = ?',
      args: [firingsAfter ?? 0, this.deployment],
    };
    await writeSightings(
      this.deployment,
      named,
      dueOf,
      this.deps.store,
      firingsAfter === undefined ? [] : [kept],
    );
  }
}

type Readable = { readonly kind: 'thread'; readonly threadId: ThreadId } | { readonly kind: 'kept' };

/** Where the runs of a cron can be read; null where none of them leaves anything that is found. */
function readable({ index }: Watched, slot: number): Readable | null {
  const { columns, threads } = index.set;
  const thread = columns.thread[slot] as number;
  if (thread >= 0) return { kind: 'thread', threadId: threads.at(thread).id as ThreadId };
  return columns.findable[slot] === 1 ? { kind: 'kept' } : null;
}

/** Whether to leave the deployment alone for a while; the others are about one thread or run. */
function isAboutTheDeployment({ code }: UpstreamProblem): boolean {
  return ['rate-limited', 'unreachable', 'timeout', 'unauthorised', 'cancelled'].includes(code);
}
