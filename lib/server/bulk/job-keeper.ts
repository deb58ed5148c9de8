import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import { SessionBeats } from '../session-beats';
import { entries, sessions } from '../store/schema';
import { runEntry, type RunEnd } from './run-entry';
import type { ChangeDeps } from './change-target';

export type KeeperOptions = {
  readonly deps: ChangeDeps;
  /** Whether this dashboard is configured for the deployment: others' work is not taken up. */
  readonly knows: (deployment: string) => boolean;
  /** Told when an entry cannot be worked on for a reason of ours, such as a full disk. */
  readonly report: (message: string, error: unknown) => void;
  readonly beatEveryMs: number;
  /** A session whose beat stands still for so long is dead, by the watch of whoever looks. */
  readonly deadAfterMs: number;
  /** More to do at every beat, for example leases that are due. */
  readonly onBeat?: () => Promise<void>;
};

const answerWithinMs = 15_000;

export const usualBeat = { beatEveryMs: 2_000, deadAfterMs: 10_000 } as const;

/**
 * Keeps entries going: those begun here, those this dashboard left behind when it stopped, and those of another that
 * died. Nobody leads and no clocks are compared: a session proves its life by counting up, and work changes hands by
 * compare-and-set.
 */
export class JobKeeper {
  private readonly running = new Map<string, Promise<RunEnd>>();
  private readonly stopping = new AbortController();
  private readonly beats: SessionBeats;
  private loop: Promise<void> | null = null;

  constructor(private readonly options: KeeperOptions) {
    this.beats = new SessionBeats(options.deadAfterMs, options.deps.now);
  }

  start(): void {
    this.loop ??= this.keepBeating();
  }

  /** Works on an entry this session owns; the same promise for everybody who asks. */
  run(entryId: string): Promise<RunEnd> {
    const known = this.running.get(entryId);
    if (known) return known;
    const run = runEntry(entryId, this.options.deps, this.stopping.signal).finally(() =>
      this.running.delete(entryId),
    );
    this.running.set(entryId, run);
    return run;
  }

  /** The same without waiting for the end. */
  runInBackground(entryId: string): void {
    this.run(entryId).catch((error: unknown) =>
      this.options.report(`Entry ${entryId} was interrupted`, error),
    );
  }

  /** Gives it a moment, so that the answer to a small change already shows its end; it goes on in any case. */
  async runForAWhile(entryId: string): Promise<void> {
    this.runInBackground(entryId);
    const run = this.running.get(entryId);
    const timer = new AbortController();
    await Promise.race([run?.catch(() => undefined), this.options.deps.wait(answerWithinMs, timer.signal)]);
    timer.abort();
  }

  /** Lets requests under way end, then gives everything up, so that the next start can go on at once. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
    await Promise.allSettled(this.running.values());
    const { store, sessionId } = this.options.deps;
    await store.write([
      store.db.update(entries).set({ owner: null }).where(eq(entries.owner, sessionId)),
      store.db.delete(sessions).where(eq(sessions.sessionId, sessionId)),
    ]);
  }

  private async keepBeating(): Promise<void> {
    const { deps, beatEveryMs, report } = this.options;
    while (!this.stopping.signal.aborted) {
      try {
        await this.beat();
      } catch (error) {
        report('The store could not be read or written', error);
      }
      await deps.wait(beatEveryMs, this.stopping.signal);
    }
  }

  /** One round: says we live, takes up what nobody works on. Public for tests that turn time by hand. */
  async beat(): Promise<void> {
    const { store, sessionId } = this.options.deps;
    await store.write([
      store.db
        .insert(sessions)
        .values({ sessionId, beat: 1 })
        .onConflictDoUpdate({ target: sessions.sessionId, set: { beat: sql`beat + 1` } }),
    ]);
    await this.takeUp();
    await this.options.onBeat?.();
  }

  private async takeUp(): Promise<void> {
    const { store, sessionId } = this.options.deps;
    const open = await store.db
      .select({
        entryId: entries.entryId,
        deployment: entries.deployment,
        owner: entries.owner,
        beat: sessions.beat,
      })
      .from(entries)
      .leftJoin(sessions, eq(sessions.sessionId, entries.owner))
      .where(eq(entries.state, 'running'));
    for (const { entryId, deployment, owner, beat } of open) {
      if (!this.options.knows(deployment)) continue;
      if (owner === sessionId) this.runInBackground(entryId);
      else if ((owner === null || this.beats.isDead(owner, beat)) && (await this.claim(entryId, owner)))
        this.runInBackground(entryId);
    }
  }

  private async claim(entryId: string, owner: string | null): Promise<boolean> {
    const { store, sessionId } = this.options.deps;
    const still = owner === null ? isNull(entries.owner) : eq(entries.owner, owner);
    const [claimed] = await store.write([
      store.db
        .update(entries)
        .set({ owner: sessionId, claims: sql`claims + 1` })
        .where(and(eq(entries.entryId, entryId), eq(entries.state, 'running'), still)),
      store.db
        .delete(sessions)
        .where(and(eq(sessions.sessionId, owner ?? ''), ne(sessions.sessionId, sessionId))),
    ]);
    return claimed?.rowsAffected === 1;
  }
}
