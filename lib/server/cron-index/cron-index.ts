import type { Cron } from '@/lib/crons/cron';
import type { CronRow, SnapshotState } from '@/lib/crons/cron-list';
import type { CronId } from '@/lib/crons/ids';
import { err, ok, type Problem, type Result } from '@/lib/result';
import type { UpstreamProblem } from '../upstream-problem';
import { DeploymentInsight } from '../insight/deployment-insight';
import { CronSet } from './cron-set';
import { Digester } from './digester';
import { isCutShort, passThroughCrons, type Pass } from './fill';
import { GoneRows } from './gone-rows';
import { keepFresh } from './keep-fresh';
import { lookAtDueCrons, lookAtEdits, missingAfterPass, newestUpdate, type LookContext } from './looks';
import { NameLoader } from './name-loader';
import type { CronIndexOptions } from './index-options';
import { closed, stumbled } from './index-problems';
import { readPatiently, waitUnref, type Patience } from './read-patiently';
import { CronQueries } from './run-query';
import { unreadableProblem } from './unreadable-problem';

const watchedForMs = 60_000;
const passEveryMs = 600_000;
/** Whoever comes after a while must not be shown, say, no crons where some have been made since. */
const oldAfterMs = 10_000;
const parallelFill = 4;
/** For servers that refuse a thousand rows a page. */
const cautiousPageSize = 100;

/**
 * The searchable picture of one deployment's crons, shared by all browsers. It fills itself by paging and then stays
 * fresh while somebody looks (`touch`): small deployments are read whole, large ones through two cheap looks, a count
 * and a slow full pass. While the deployment does not answer, the last picture stays and says how old it is.
 */
export class CronIndex {
  readonly set: CronSet;
  readonly queries: CronQueries;
  readonly insight: DeploymentInsight;
  readonly secondsFirst: boolean;
  private readonly names: NameLoader;
  private readonly digester: Digester;
  private readonly stop = new AbortController();
  private readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  private touchedMs = Number.NEGATIVE_INFINITY;
  private running: Promise<void> | null = null;
  private filled = false;
  private loaded = 0;
  private expected: number | null = null;
  private asOfMs: number | null = null;
  private problem: Problem | null = null;
  private unreadable: ReadonlySet<string> = new Set();
  private pageSize: number;
  private lastPassMs = Number.NEGATIVE_INFINITY;
  private newestMs = Number.NEGATIVE_INFINITY;
  private looksTrusted = true;
  private readonly gone = new GoneRows();

  constructor(private readonly options: CronIndexOptions) {
    this.secondsFirst = options.secondsFirst;
    this.set = new CronSet(options.secondsFirst);
    this.insight = this.set.insight = new DeploymentInsight(this.set, options.serverKind ?? 'unknown');
    this.queries = new CronQueries(this.set);
    this.digester = new Digester(this.set, options.report, this.stop.signal);
    this.wait = options.wait ?? waitUnref;
    this.pageSize = options.pageSize ?? 1000;
    this.names = new NameLoader({
      set: this.set,
      client: options.client,
      now: options.now,
      report: options.report,
      signal: this.stop.signal,
    });
  }

  /** Says that somebody is looking: the index refreshes itself for the next minute. */
  touch(): void {
    this.touchedMs = this.options.now();
    this.running ??= this.run().finally(() => {
      this.running = null;
    });
  }

  /** Waits until there is something to show: the first rows, a picture that is not old, a problem, or `ms` gone by. */
  async ready(ms: number): Promise<void> {
    await this.waitUntil(() => (this.filled ? this.isRecent : this.loaded > 0), ms);
  }

  /** Waits until every cron has been read once; false where that is not so after `ms`, or something is in the way. */
  async filledWithin(ms: number): Promise<boolean> {
    await this.waitUntil(() => this.filled, ms);
    return this.filled;
  }

  get state(): SnapshotState {
    const filling = this.filled ? null : { loaded: this.loaded, expected: this.expected };
    const problem = this.problem ?? unreadableProblem(this.unreadable.size);
    return { version: this.set.version, asOfMs: this.asOfMs, filling, problem };
  }

  /** Takes over the answer of the deployment to a change made here. */
  applyUpsert(cron: Cron): void {
    this.set.applyEdit(cron, this.options.now());
    this.names.kick();
  }

  applyRemove(id: CronId): void {
    this.set.applyRemoval(id, this.options.now());
  }

  /** Reads the deployment once now, whatever the schedule of looks says. */
  async refresh(): Promise<Result<void, UpstreamProblem>> {
    try {
      const done = await this.look();
      this.problem = done.ok ? null : done.error;
      if (done.ok) this.asOfMs = this.options.now();
      return done;
    } catch (error) {
      if (this.stop.signal.aborted) return err(closed);
      // One answer we stumble over must not end the process, and with it every other deployment.
      this.options.report(error);
      this.problem = stumbled;
      return err(stumbled);
    }
  }

  /** Says which rows are on the screen, so that their threads get names first. */
  show(rows: readonly CronRow[]): void {
    this.names.show(rows.flatMap(({ target }) => (target.kind === 'thread' ? [target.threadId] : [])));
  }

  /** Resolves when the names that can be learned now have been, and every cron is digested. */
  async settled(): Promise<void> {
    await this.names.settled();
    await this.digester.settled();
  }

  close(): void {
    this.stop.abort();
  }

  private get isRecent(): boolean {
    return this.options.now() - (this.asOfMs ?? 0) <= oldAfterMs;
  }

  private async waitUntil(isSo: () => boolean, ms: number): Promise<void> {
    const { signal } = this.stop;
    const until = this.options.now() + ms;
    const isOver = () => this.problem !== null || this.options.now() >= until || signal.aborted;
    while (!isSo() && !isOver()) await this.wait(15, signal);
  }

  private run(): Promise<void> {
    const { now, lookEveryMs: everyMs = 3_000 } = this.options;
    const isWanted = () => now() - this.touchedMs < watchedForMs;
    return keepFresh({ ...this.patience(), isWanted, refresh: () => this.refresh(), everyMs });
  }

  private async look(): Promise<Result<void, UpstreamProblem>> {
    const { now } = this.options;
    this.set.clockOffsetMs = this.options.clockOffset?.() ?? 0;
    const isSmall = this.set.columns.size + this.unreadable.size < this.pageSize;
    const idle = now() - this.lastPassMs > passEveryMs;
    const pass = !this.filled || isSmall || idle || !this.looksTrusted;
    const done = pass ? await this.passAll() : await this.lookAtChanges();
    this.names.kick();
    this.digester.kick();
    return done;
  }

  private patience(): Patience {
    const onHold = (problem: UpstreamProblem | null) => {
      this.problem = problem;
    };
    return { signal: this.stop.signal, wait: this.wait, onHold };
  }

  private context(): LookContext {
    const { client, now, can } = this.options;
    return {
      ...this.patience(),
      set: this.set,
      client,
      now,
      pageSize: this.pageSize,
      canSelect: can().select,
    };
  }

  private async lookAtChanges(): Promise<Result<void, UpstreamProblem>> {
    const edits = await lookAtEdits(this.context(), this.newestMs);
    if (!edits.ok) return edits;
    this.newestMs = Math.max(this.newestMs, newestUpdate(this.set));
    const due = await lookAtDueCrons(this.context());
    if (!due.ok) return due;
    this.looksTrusted = edits.value.trusted && due.value.trusted;
    const count = await this.count();
    if (!count.ok) return count;
    return this.gone.differs(count.value, this.set.columns.size) ? this.passIds() : ok(undefined);
  }

  private async count(): Promise<Result<number | null, UpstreamProblem>> {
    if (!this.options.can().count) return ok(null);
    const { client } = this.options;
    const count = await readPatiently(() => client.countCrons({ signal: this.stop.signal }), this.patience());
    // Not being able to count is no reason to stop reading.
    if (!count.ok && (count.error.code === 'not-found' || count.error.code === 'refused')) return ok(null);
    return count;
  }

  private async pass(
    select: readonly string[] | null,
    met: Set<string> | null,
  ): Promise<Result<Pass, UpstreamProblem>> {
    const { client, now } = this.options;
    const unreadable = new Set<string>();
    const done = await passThroughCrons({
      client,
      now,
      ...this.patience(),
      parallel: this.filled ? 2 : parallelFill,
      pageSize: this.pageSize,
      ...(select ? { select } : {}),
      readsAgain: select === null && met === null,
      onPage: (page) => {
        if (met !== null) for (const id of page.ids) met.add(id);
        for (const cron of page.crons) this.set.upsert(cron, page.askedMs, page.again);
        for (const id of page.unreadable) unreadable.add(id);
        if (!this.filled) {
          this.loaded = this.set.columns.size;
          this.asOfMs = page.askedMs;
          // The names of the first rows; all others once the crons themselves are there.
          if (page.crons.length === this.set.columns.size) this.names.kick(1);
        }
      },
    });
    if (done.ok && !select) this.unreadable = unreadable;
    return done;
  }

  private async passAll(): Promise<Result<void, UpstreamProblem>> {
    const startedMs = this.options.now();
    if (!this.filled && this.expected === null) {
      const count = await this.count();
      if (!count.ok) return count;
      this.expected = count.value;
    }
    // A first filling can miss nothing but what it brings itself.
    const met = this.set.columns.size === 0 ? null : new Set<string>();
    const pass = await this.pass(null, met);
    if (!pass.ok && pass.error.code === 'refused' && this.pageSize > cautiousPageSize) {
      this.pageSize = cautiousPageSize;
      return this.passAll();
    }
    if (!pass.ok) return pass;
    if (await isCutShort(pass.value, this.pageSize, this.expected, () => this.count())) {
      // The server gives fewer rows a page than asked for: page by what it gives.
      this.pageSize = pass.value.firstPageRows;
      this.expected = null;
      return this.passAll();
    }
    const removed =
      met === null ? ok(undefined) : await this.removeMissing(met, startedMs, pass.value.pages === 1);
    if (!removed.ok) return removed;
    this.filled = true;
    this.lastPassMs = startedMs;
    this.newestMs = Math.max(this.newestMs, newestUpdate(this.set));
    this.looksTrusted = true;
    this.set.confirm(startedMs);
    return ok(undefined);
  }

  /** Reads the ids alone, to learn which crons are gone; a new one that no look has shown brings a full pass. */
  private async passIds(): Promise<Result<void, UpstreamProblem>> {
    if (!this.options.can().select) return this.passAll();
    const startedMs = this.options.now();
    const met = new Set<string>();
    const pass = await this.pass(['cron_id'], met);
    if (!pass.ok) return pass;
    const removed = await this.removeMissing(met, startedMs, pass.value.pages === 1);
    if (!removed.ok) return removed;
    const unknown = [...met].filter((id) => this.set.columns.slotOf(id) === undefined).length;
    if (unknown > this.unreadable.size) this.lastPassMs = Number.NEGATIVE_INFINITY;
    return ok(undefined);
  }

  private async removeMissing(
    met: ReadonlySet<string>,
    startedMs: number,
    atOnce: boolean,
  ): Promise<Result<void, UpstreamProblem>> {
    const count = atOnce ? ok(null) : await this.count();
    if (!count.ok) return count;
    const missing = missingAfterPass(this.set, met, startedMs);
    for (const id of this.gone.decide(missing, count.value, this.set.columns.size, atOnce))
      this.set.remove(id);
    return ok(undefined);
  }
}
