import { Refusal } from '@/lib/schedule/sentence/clause';
import type { Token } from '@/lib/schedule/sentence/tokens';

/** What can stand between the ends of a range, as `take` reads it. */
export const THROUGH = 'to|through|thru|until|till|-';

/** A place in the sentence from which words are taken one after another. */
export class Reader {
  private position = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  get done(): boolean {
    return this.position >= this.tokens.length;
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.position + ahead];
  }

  /** The text of a word token ahead; empty for other kinds and at the end. */
  word(ahead = 0): string {
    const token = this.peek(ahead);
    return token?.kind === 'word' ? token.text : '';
  }

  next(): Token {
    const token = this.tokens[this.position];
    if (!token) throw new Refusal('not-understood', 'The sentence ends too early.', 'Finish it.');
    this.position += 1;
    return token;
  }

  /** Takes the words if all of them follow in this order; `a|b` allows either. */
  take(...words: readonly string[]): boolean {
    const fits = words.every((word, index) => {
      const token = this.peek(index);
      return token !== undefined && word.split('|').includes(token.text);
    });
    if (fits) this.position += words.length;
    return fits;
  }

  /** Tries a way to read on; nothing is taken if it gives null. */
  attempt<T>(read: () => T | null): T | null {
    const before = this.position;
    const result = read();
    if (result === null) this.position = before;
    return result;
  }

  /** Takes "and", a comma, or both. */
  takeJoint(): boolean {
    const comma = this.take(',');
    return this.take('and') || comma;
  }

  refuse(): never {
    const token = this.peek();
    throw new Refusal(
      'not-understood',
      token ? `"${token.text}" is not understood here.` : 'The sentence ends too early.',
      'Only what is fully understood becomes a schedule.',
      token?.text,
    );
  }
}

/** Reads `item (, item)* and item`; stops before a joint that no further item follows. */
export function readList<T>(reader: Reader, item: () => T | null): T[] {
  const first = reader.attempt(item);
  if (first === null) return [];
  const items = [first];
  for (;;) {
    const next = reader.attempt(() => (reader.takeJoint() ? item() : null));
    if (next === null) return items;
    items.push(next);
  }
}
