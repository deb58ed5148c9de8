/** Whoever comes after a while must not be shown, say, no crons where some have been made since. */
const oldAfterMs = 10_000;
const lookAgainMs = 15;

export type Picture = {
  /** Whether every cron has been read once. */
  readonly filled: boolean;
  /** Crons it holds so far. */
  readonly crons: number;
  /** Of when it is (epoch ms); null before anything came. */
  readonly asOfMs: number | null;
  /** Something is in the way of a newer one. */
  readonly hasProblem: boolean;
};

export type PictureWaitOptions = {
  readonly picture: () => Picture;
  readonly now: () => number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
};

/** Lets questions wait until there is something to show. */
export class PictureWait {
  private wokenMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: PictureWaitOptions) {}

  /** Nobody had looked for a while, and now somebody does. */
  wake(): void {
    this.wokenMs = this.options.now();
  }

  /**
   * Waits for the first rows, a picture that is not old, a problem, or `ms` gone by. An old picture is waited for only in
   * the first `ms` after waking: a refresh that takes longer must not hold up every question.
   */
  async forSomething(ms: number): Promise<void> {
    const { now } = this.options;
    const oldIsShownMs = this.wokenMs + ms;
    await this.until(({ filled, crons, asOfMs }) => {
      if (!filled) return crons > 0;
      return now() - (asOfMs ?? 0) <= oldAfterMs || now() >= oldIsShownMs;
    }, ms);
  }

  /** Waits until every cron has been read once; false where that is not so after `ms`, or something is in the way. */
  async untilFilled(ms: number): Promise<boolean> {
    await this.until(({ filled }) => filled, ms);
    return this.options.picture().filled;
  }

  private async until(isSo: (picture: Picture) => boolean, ms: number): Promise<void> {
    const { picture, now, wait, signal } = this.options;
    const untilMs = now() + ms;
    const isOver = () => picture().hasProblem || now() >= untilMs || signal.aborted;
    while (!isSo(picture()) && !isOver()) await wait(lookAgainMs, signal);
  }
}
