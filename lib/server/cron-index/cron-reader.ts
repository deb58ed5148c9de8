import type { Result } from '@/lib/result';
import type { UpstreamProblem } from '../upstream-problem';
import { CronPasses, type CronPassOptions } from './cron-passes';
import { lookAtDueCrons, lookAtEdits, newestUpdate, type LookContext } from './looks';

const passEveryMs = 600_000;

/**
 * Makes a set true to its deployment, one `read` at a time. Small deployments are read whole; large ones through two
 * cheap looks, a count and a slow full pass.
 */
export class CronReader {
  readonly passes: CronPasses;
  private newestMs = Number.NEGATIVE_INFINITY;
  private looksTrusted = true;

  constructor(private readonly options: CronPassOptions) {
    this.passes = new CronPasses(options);
  }

  async read(): Promise<Result<void, UpstreamProblem>> {
    const { passes } = this;
    const isSmall = this.options.set.columns.size + passes.unreadable.size < passes.pageSize;
    const isIdle = this.options.source.now() - passes.lastPassMs > passEveryMs;
    if (passes.filled && !isSmall && !isIdle && this.looksTrusted) return this.lookAtChanges();
    const done = await passes.passAll();
    if (!done.ok) return done;
    this.noteNewest();
    this.looksTrusted = true;
    return done;
  }

  private async lookAtChanges(): Promise<Result<void, UpstreamProblem>> {
    const edits = await lookAtEdits(this.context(), this.newestMs);
    if (!edits.ok) return edits;
    this.noteNewest();
    const due = await lookAtDueCrons(this.context());
    if (!due.ok) return due;
    this.looksTrusted = edits.value.trusted && due.value.trusted;
    return this.passes.passWhereCountDiffers();
  }

  private noteNewest(): void {
    this.newestMs = Math.max(this.newestMs, newestUpdate(this.options.set));
  }

  private context(): LookContext {
    const { source, ...options } = this.options;
    return {
      ...options,
      client: source.client,
      now: source.now,
      pageSize: this.passes.pageSize,
      canSelect: source.can().select,
    };
  }
}
