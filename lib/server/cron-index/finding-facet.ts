import { attentionValue, type FacetValue } from '@/lib/crons/cron-list';
import { findingCodes } from '@/lib/health/finding';
import { findingKinds } from '@/lib/health/finding-kinds';
import { attentionTest } from './attention';
import type { CronSet } from './cron-set';

export type FindingFacet = {
  /** Whether a slot has one of the chosen findings; null where none is chosen. */
  readonly accepts: ((slot: number) => boolean) | null;
  /** How many of the slots that `counts` have each finding, the most urgent first. */
  readonly count: (counts: (slot: number) => boolean) => readonly FacetValue[];
};

/** The facet over findings: a cron with several is counted for each. Also knows "needs attention", which sums them up. */
export function findingFacet(set: CronSet, chosen: readonly string[]): FindingFacet {
  const { columns } = set;
  const needsAttention = attentionTest(set);
  const mask = findingCodes.reduce(
    (bits, code, place) => (chosen.includes(code) ? bits | (1 << place) : bits),
    0,
  );
  const wantsAttention = chosen.includes(attentionValue);
  const accepts = (slot: number) =>
    ((columns.findings[slot] as number) & mask) !== 0 || (wantsAttention && needsAttention(slot));

  function count(counts: (slot: number) => boolean): readonly FacetValue[] {
    const numbers = new Uint32Array(findingCodes.length);
    let attention = 0;
    for (let slot = 0; slot < columns.used; slot += 1) {
      const needs = needsAttention(slot);
      let bits = columns.findings[slot] as number;
      if ((bits === 0 && !needs) || !counts(slot)) continue;
      if (needs) attention += 1;
      while (bits !== 0) {
        const place = 31 - Math.clz32(bits);
        numbers[place] = (numbers[place] as number) + 1;
        bits ^= 1 << place;
      }
    }
    const all = [
      { value: attentionValue, label: 'Needs attention', count: attention },
      ...findingCodes.map((code, place) => ({
        value: code,
        label: findingKinds[code].heading,
        count: numbers[place] as number,
      })),
    ];
    return all.filter(({ value, count: found }) => found > 0 || chosen.includes(value));
  }

  return { accepts: chosen.length === 0 ? null : accepts, count };
}
