import type { Cron } from '@/lib/crons/cron';
import type { CronRow, SnapshotState } from '@/lib/crons/cron-list';
import type { CronId } from '@/lib/crons/ids';
import { err, type Problem, type Result } from '@/lib/result';
import type { UpstreamProblem } from '../upstream-problem';
import { DeploymentInsight } from '../insight/deployment-insight';
import { CronReader } from './cron-reader';
import { CronSet } from './cron-set';
import { Digester } from './digester';
import { keepFresh } from './keep-fresh';
import { NameLoader } from './name-loader';
import type { CronIndexOptions } from './index-options';
import { closed, stumbled } from './index-problems';
import { PictureWait } from './picture-wait';
import { waitUnref, type Patience } from './read-patiently';
import { CronQueries } from './run-query';
import { unreadableProblem } from './unreadable-problem';

const watchedForMs = 60_000;

/**
 * The searchable picture of one deployment's crons, shared by all browsers. It fills itself by paging and then stays
 * fresh while somebody looks (`touch`). While the deployment does not answer, the last picture stays and says how old
 * it is.
 */
export class CronIndex {
  readonly set: CronSet;
  readonly queries: CronQueries;
  readonly insight: DeploymentInsight;
  readonly secondsFirst: boolean;
  private readonly reader: CronReader;
  private readonly names: NameLoader;
  private readonly digester: Digester;
  private readonly waits: PictureWait;
  private readonly patience: Patience;
  private readonly stop = new AbortController();
  private touchedMs = Number.NEGATIVE_INFINITY;
  private running: Promise<void> | null = null;
  private asOfMs: number | null = null;
  private problem: Problem | null = null;

  constructor(private readonly options: CronIndexOptions) {
    const { client, now, report, wait = waitUnref } = options;
    const { signal } = this.stop;
    this.secondsFirst = options.secondsFirst;
    this.set = new CronSet(options.secondsFirst);
    this.insight = this.set.insight = new DeploymentInsight(this.set, options.serverKind ?? 'unknown');
    this.queries = new CronQueries(this.set);
    this.digester = new Digester(this.set, report, signal);
    this.names = new NameLoader({ set: this.set, client, now, report, signal });
    const onHold = (problem: UpstreamProblem | null) => {
      this.problem = problem;
    };
    this.patience = { signal, wait, onHold };
    this.reader = new CronReader({
      ...this.patience,
      set: this.set,
      source: options,
      pageSize: options.pageSize ?? 1000,
      onFilling: (page) => {
        this.asOfMs = page.askedMs;
        // The names of the first rows; all others once the crons themselves are there.
        if (page.crons.length === this.set.columns.size) this.names.kick(1);
      },
    });
    this.waits = new PictureWait({ signal, wait, now, picture: () => this.picture });
  }

  /** Says that somebody is looking: the index refreshes itself for the next minute. */
  touch(): void {
    this.touchedMs = this.options.now();
    if (this.running !== null) return;
    this.waits.wake();
    this.running = this.run().finally(() => {
      this.running = null;
    });
  }

  /** Waits until there is something to show (see PictureWait), at most `ms`, and for what a search for `q` looks into. */
  async ready(ms: number, q = ''): Promise<void> {
    await this.waits.forSomething(ms);
    if (q !== '') await this.digester.makeTexts();
  }

  /** Waits until every cron has been read once; false where that is not so after `ms`, or something is in the way. */
  filledWithin(ms: number): Promise<boolean> {
    return this.waits.untilFilled(ms);
  }

  get state(): SnapshotState {
    const { filled, expected, unreadable } = this.reader.passes;
    const filling = filled ? null : { loaded: this.set.columns.size, expected };
    const problem = this.problem ?? unreadableProblem(unreadable.size);
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
      this.set.clockOffsetMs = this.options.clockOffset?.() ?? 0;
      const done = await this.reader.read();
      this.names.kick();
      this.digester.kick();
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

  private get picture() {
    return {
      filled: this.reader.passes.filled,
      crons: this.set.columns.size,
      asOfMs: this.asOfMs,
      hasProblem: this.problem !== null,
    };
  }

  private run(): Promise<void> {
    const { now, lookEveryMs: everyMs = 3_000 } = this.options;
    const isWanted = () => now() - this.touchedMs < watchedForMs;
    return keepFresh({ ...this.patience, isWanted, refresh: () => this.refresh(), everyMs });
  }
}
