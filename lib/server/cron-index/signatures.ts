/** Bits of a signature. A text of 1.5 kB sets about one in eight, so each trigram of a word rules out most crons. */
const bits = 4096;
const wordsEach = bits / 32;
/** Slots are kept in chunks: growing copies nothing and wastes at most one chunk (2 MB). */
const chunkSlots = 4096;

/** Where a trigram's bit lies: which word of the signature and which bit in it. */
type Bit = { readonly word: number; readonly mask: number };

function trigramHash(a: number, b: number, c: number): number {
  // Letters differ in their low bits; the product spreads all three over the bits that are kept.
  return Math.imul((a << 14) ^ (b << 7) ^ c, 0x9e3779b1) >>> 20;
}

/**
 * One signature per slot: the trigrams of its text hashed to bits. A text can only contain a word if all bits of the
 * word's trigrams are set, so most texts need not be looked into. Never says no to a text that contains the word.
 * Signatures are made after the fact (`sign`), so that they do not hold up the filling of the index.
 */
export class Signatures {
  private readonly chunks: Uint32Array[] = [];
  /** 1 where the signature is that of the text. */
  private readonly signed: Uint8Array[] = [];
  private readonly outdated: number[] = [];

  /** The text of a slot has changed. */
  outdate(slot: number): void {
    const flags = (this.signed[Math.floor(slot / chunkSlots)] ??= new Uint8Array(chunkSlots));
    flags[slot % chunkSlots] = 0;
    this.outdated.push(slot);
  }

  /** Signs up to `most` outdated slots; returns whether any are left. */
  sign(texts: readonly string[], most: number): boolean {
    for (let done = 0; done < most; done += 1) {
      const slot = this.outdated.pop();
      if (slot === undefined) return false;
      this.set(slot, texts[slot] ?? '');
    }
    return this.outdated.length > 0;
  }

  /** A test that is false only for slots whose text cannot contain `term`; null where the term is too short to tell. */
  mayContain(term: string): ((slot: number) => boolean) | null {
    if (term.length < 3) return null;
    const wanted: Bit[] = [];
    for (let at = 2; at < term.length; at += 1) {
      const hash = trigramHash(term.charCodeAt(at - 2), term.charCodeAt(at - 1), term.charCodeAt(at));
      wanted.push({ word: hash >>> 5, mask: 1 << (hash & 31) });
    }
    const words = Uint32Array.from(wanted, (bit) => bit.word);
    const masks = Int32Array.from(wanted, (bit) => bit.mask);
    const { chunks, signed } = this;
    return (slot) => {
      const number = Math.floor(slot / chunkSlots);
      if (signed[number]?.[slot % chunkSlots] !== 1) return true;
      const chunk = chunks[number] as Uint32Array;
      const base = (slot % chunkSlots) * wordsEach;
      for (let at = 0; at < words.length; at += 1) {
        if (((chunk[base + (words[at] as number)] as number) & (masks[at] as number)) === 0) return false;
      }
      return true;
    };
  }

  private set(slot: number, text: string): void {
    const number = Math.floor(slot / chunkSlots);
    const chunk = (this.chunks[number] ??= new Uint32Array(chunkSlots * wordsEach));
    const base = (slot % chunkSlots) * wordsEach;
    chunk.fill(0, base, base + wordsEach);
    let a = text.charCodeAt(0);
    let b = text.charCodeAt(1);
    for (let at = 2; at < text.length; at += 1) {
      const c = text.charCodeAt(at);
      const hash = trigramHash(a, b, c);
      const word = base + (hash >>> 5);
      chunk[word] = (chunk[word] as number) | (1 << (hash & 31));
      a = b;
      b = c;
    }
    (this.signed[number] as Uint8Array)[slot % chunkSlots] = 1;
  }
}
