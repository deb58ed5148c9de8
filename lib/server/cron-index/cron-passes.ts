import { ok, type Result } from '@/lib/result';
import type { UpstreamProblem } from '../upstream-problem';
import type { CronSet } from './cron-set';
import { isCutShort, passThroughCrons, type Page, type Pass } from './fill';
import { GoneRows } from './gone-rows';
import type { CronIndexOptions } from './index-options';
import { missingAfterPass } from './looks';
import { readPatiently, type Patience } from './read-patiently';

const parallelFill = 4;
const parallelLater = 2;
/** For servers that refuse a thousand rows a page. */
const cautiousPageSize = 100;

export type CronPassOptions = Patience & {
  readonly set: CronSet;
  readonly source: Pick<CronIndexOptions, 'client' | 'can' | 'now'>;
  readonly pageSize: number;
  /** Told of each page of the first filling. */
  readonly onFilling: (page: Page) => void;
};

/** Passes over all crons of a deployment: the first fills the set, later ones set right what the looks have missed. */
export class CronPasses {
  filled = false;
  /** How many crons the deployment said it has before it was first read; null where it cannot tell. */
  expected: number | null = null;
  /** When the latest whole pass began (epoch ms). */
  lastPassMs = Number.NEGATIVE_INFINITY;
  /** Ids, as far as there are any, of entries that cannot be shown. */
  unreadable: ReadonlySet<string> = new Set();
  /** Rows asked for at once: fewer where the server gives fewer. */
  pageSize: number;
  private readonly gone = new GoneRows();

  constructor(private readonly options: CronPassOptions) {
    this.pageSize = options.pageSize;
  }

  /** Reads every cron, and takes out what is gone. */
  async passAll(): Promise<Result<void, UpstreamProblem>> {
    const { set, source } = this.options;
    const startedMs = source.now();
    if (!this.filled && this.expected === null) {
      const count = await this.count();
      if (!count.ok) return count;
      this.expected = count.value;
    }
    // A first filling can miss nothing but what it brings itself.
    const met = set.columns.size === 0 ? null : new Set<string>();
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
    set.confirm(startedMs);
    return ok(undefined);
  }

  /** Finds out what is gone, where the deployment's count says that something is. */
  async passWhereCountDiffers(): Promise<Result<void, UpstreamProblem>> {
    const count = await this.count();
    if (!count.ok) return count;
    return this.gone.differs(count.value, this.options.set.columns.size) ? this.passIds() : ok(undefined);
  }

  /** Reads the ids alone, to learn which crons are gone; a new one that no look has shown brings a full pass. */
  private async passIds(): Promise<Result<void, UpstreamProblem>> {
    const { set, source } = this.options;
    if (!source.can().select) return this.passAll();
    const startedMs = source.now();
    const met = new Set<string>();
    const pass = await this.pass(['cron_id'], met);
    if (!pass.ok) return pass;
    const removed = await this.removeMissing(met, startedMs, pass.value.pages === 1);
    if (!removed.ok) return removed;
    const unknown = [...met].filter((id) => set.columns.slotOf(id) === undefined).length;
    if (unknown > this.unreadable.size) this.lastPassMs = Number.NEGATIVE_INFINITY;
    return ok(undefined);
  }

  private async pass(
    select: readonly string[] | null,
    met: Set<string> | null,
  ): Promise<Result<Pass, UpstreamProblem>> {
    const { set, source, onFilling } = this.options;
    const unreadable = new Set<string>();
    const isFirst = met === null;
    const done = await passThroughCrons({
      ...this.patience,
      client: source.client,
      now: source.now,
      parallel: this.filled ? parallelLater : parallelFill,
      pageSize: this.pageSize,
      ...(select ? { select } : {}),
      onPage: (page) => {
        if (met !== null) for (const id of page.ids) met.add(id);
        for (const cron of page.crons) set.upsert(cron, page.askedMs, isFirst);
        for (const id of page.unreadable) unreadable.add(id);
        if (!this.filled) onFilling(page);
      },
    });
    if (done.ok && !select) this.unreadable = unreadable;
    return done;
  }

  private async count(): Promise<Result<number | null, UpstreamProblem>> {
    const { client, can } = this.options.source;
    if (!can().count) return ok(null);
    const count = await readPatiently(
      () => client.countCrons({ signal: this.options.signal }),
      this.patience,
    );
    // Not being able to count is no reason to stop reading.
    if (!count.ok && (count.error.code === 'not-found' || count.error.code === 'refused')) return ok(null);
    return count;
  }

  private async removeMissing(
    met: ReadonlySet<string>,
    startedMs: number,
    atOnce: boolean,
  ): Promise<Result<void, UpstreamProblem>> {
    const { set } = this.options;
    const count = atOnce ? ok(null) : await this.count();
    if (!count.ok) return count;
    const missing = missingAfterPass(set, met, startedMs);
    for (const id of this.gone.decide(missing, count.value, set.columns.size, atOnce)) set.remove(id);
    return ok(undefined);
  }

  private get patience(): Patience {
    const { signal, wait, onHold } = this.options;
    return { signal, wait, ...(onHold && { onHold }) };
  }
}
