/** A difference below this is the delay of the network and the whole seconds of the header, not a wrong clock. */
const noticeableMs = 3_000;

type Bounds = { readonly fromMs: number; readonly untilMs: number };

/**
 * How far the clock of a deployment is from ours, learned from the Date header of its answers. The header counts whole
 * seconds, so each answer gives bounds; together they narrow down, and an answer that contradicts them starts anew.
 */
export class ServerClock {
  private bounds: Bounds | null = null;

  /** `sentMs` and `receivedMs` are on our clock: the header was written between them. */
  note(date: string | null, sentMs: number, receivedMs: number): void {
    const atMs = date === null ? Number.NaN : Date.parse(date);
    if (Number.isNaN(atMs)) return;
    const seen = { fromMs: atMs - receivedMs, untilMs: atMs + 1_000 - sentMs };
    const { bounds } = this;
    const both = bounds && {
      fromMs: Math.max(bounds.fromMs, seen.fromMs),
      untilMs: Math.min(bounds.untilMs, seen.untilMs),
    };
    this.bounds = both && both.fromMs <= both.untilMs ? both : seen;
  }

  /** The deployment's clock minus ours in ms; 0 while it is not known or too small to tell. */
  offsetMs(): number {
    if (this.bounds === null) return 0;
    const { fromMs, untilMs } = this.bounds;
    const offset = Math.round((fromMs + untilMs) / 2);
    return Math.abs(offset) < noticeableMs || (fromMs <= 0 && untilMs >= 0) ? 0 : offset;
  }
}
