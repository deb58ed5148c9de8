/**
 * Decides which crons are gone. One pass through many pages proves nothing by itself: rows move while it lasts, some
 * servers list in no fixed order, and some count what they do not list.
 */
export class GoneRows {
  private suspects: ReadonlySet<string> = new Set();
  /** What the server counts beyond what it lists. */
  private bias = 0;
  private unexplained = 0;

  /** Whether a count calls for a pass. */
  differs(count: number | null, size: number): boolean {
    return this.suspects.size > 0 || (count !== null && count !== size + this.bias);
  }

  /**
   * Which of the rows a pass did not meet are gone: all of them if one reply showed everything (`atOnce`) or the count
   * agrees with that, else those missed twice in a row. `size` is the number of rows held before.
   */
  decide(missing: readonly string[], count: number | null, size: number, atOnce: boolean): readonly string[] {
    const agrees = atOnce || count === size - missing.length + this.bias;
    const gone = agrees ? missing : missing.filter((id) => this.suspects.has(id));
    this.suspects = new Set(agrees ? [] : missing.filter((id) => !this.suspects.has(id)));
    if (count !== null) this.learnBias(count - (size - gone.length));
    return gone;
  }

  /** Only a difference that two passes leave over is the server's own. */
  private learnBias(difference: number): void {
    if (difference === this.unexplained) this.bias = difference;
    this.unexplained = difference;
  }
}
