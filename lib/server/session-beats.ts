/**
 * Tells whether another dashboard on the same store still lives: its session counts up while it does. Judged by our own
 * watch from when we first saw the count, so clocks are never compared.
 */
export class SessionBeats {
  private readonly seen = new Map<string, { readonly beat: number; readonly sinceMs: number }>();

  constructor(
    private readonly deadAfterMs: number,
    private readonly now: () => number,
  ) {}

  /** `beat` as it stands now; null for a session whose row is gone. */
  isDead(sessionId: string, beat: number | null): boolean {
    const before = this.seen.get(sessionId);
    const nowMs = this.now();
    if (before?.beat === (beat ?? -1)) return nowMs - before.sinceMs >= this.deadAfterMs;
    this.seen.set(sessionId, { beat: beat ?? -1, sinceMs: nowMs });
    return false;
  }
}
