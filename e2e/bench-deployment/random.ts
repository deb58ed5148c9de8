/** Mulberry32: small, fast and the same on every machine. Returns numbers from 0 (inclusive) to 1. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)] as T;
}

/** A UUID whose first part counts up, as version 7 ids do, and whose rest is drawn. */
export function uuidFrom(order: number, random: () => number): string {
  const hex = (digits: number) =>
    Math.floor(random() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  const head = (0x0193_0000_0000 + order).toString(16).padStart(12, '0');
  return `${head.slice(0, 8)}-${head.slice(8)}-7${hex(3)}-a${hex(3)}-${hex(6)}${hex(6)}`;
}
