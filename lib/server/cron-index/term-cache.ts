const mostTerms = 16;
const unknown = 0;
const contained = 1;
const missing = 2;

/**
 * Remembers for the latest search words which texts contain them: open tables ask the same question every few seconds.
 * Answers are found out slot by slot and forgotten slot by slot when a text changes.
 */
export class TermCache {
  private readonly answers = new Map<string, Uint8Array>();

  /** `contains` must say whether the text of a slot contains `term`; it is asked once for each slot and text. */
  remembering(term: string, slots: number, contains: (slot: number) => boolean): (slot: number) => boolean {
    let known = this.answers.get(term);
    this.answers.delete(term);
    if (!known || known.length < slots) known = new Uint8Array(slots);
    // Last in the map = used last.
    this.answers.set(term, known);
    const [oldest] = this.answers.keys();
    if (this.answers.size > mostTerms && oldest !== undefined) this.answers.delete(oldest);
    const answer = known;
    return (slot) => {
      if (answer[slot] === unknown) answer[slot] = contains(slot) ? contained : missing;
      return answer[slot] === contained;
    };
  }

  /** The text of a slot has changed. */
  forget(slot: number): void {
    for (const answer of this.answers.values()) if (slot < answer.length) answer[slot] = unknown;
  }
}
