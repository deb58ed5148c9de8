/** Position of the lowest set bit; the argument must not be 0. */
export function lowestBit(mask: number): number {
  return 31 - Math.clz32(mask & -mask);
}

/** Position of the highest set bit; the argument must not be 0. */
export function highestBit(mask: number): number {
  return 31 - Math.clz32(mask);
}

export function countBits(mask: number): number {
  let x = mask - ((mask >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** A set of numbers from 0 to 59 in two words of 30 bits. */
export type Sixty = { readonly low: number; readonly high: number; readonly size: number };

export function sixty(values: readonly number[]): Sixty {
  let low = 0;
  let high = 0;
  for (const value of values) {
    if (value < 30) low |= 1 << value;
    else high |= 1 << (value - 30);
  }
  return { low, high, size: countBits(low) + countBits(high) };
}

/** The smallest member that is at least `from` (0 to 60), or -1. */
export function nextOfSixty(set: Sixty, from: number): number {
  if (from < 30) {
    const rest = set.low & (-1 << from);
    if (rest !== 0) return lowestBit(rest);
    return set.high === 0 ? -1 : 30 + lowestBit(set.high);
  }
  const rest = from < 60 ? set.high & (-1 << (from - 30)) : 0;
  return rest === 0 ? -1 : 30 + lowestBit(rest);
}

/** The largest member that is at most `to` (-1 to 59), or -1. */
export function previousOfSixty(set: Sixty, to: number): number {
  if (to >= 30) {
    const rest = set.high & upTo(to - 30);
    if (rest !== 0) return 30 + highestBit(rest);
    return set.low === 0 ? -1 : highestBit(set.low);
  }
  const rest = set.low & upTo(to);
  return rest === 0 ? -1 : highestBit(rest);
}

/** How many members are smaller than `end` (0 to 60). */
export function countBelow(set: Sixty, end: number): number {
  if (end <= 30) return countBits(set.low & upTo(end - 1));
  return countBits(set.low) + countBits(set.high & upTo(end - 31));
}

/** A word with the bits 0 to `last` set; none if `last` is negative. */
export function upTo(last: number): number {
  return last < 0 ? 0 : last >= 31 ? -1 : (2 << last) - 1;
}
