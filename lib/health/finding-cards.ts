import type { CronId } from '@/lib/crons/ids';
import { findingCodes, type Finding, type FindingCode } from './finding';
import { findingKinds, type FindingKind } from './finding-kinds';

/** One card of the cleanup screen: all crons with the same finding, and what they cost together. */
export type FindingCard = FindingKind & {
  readonly code: FindingCode;
  readonly findings: readonly Finding[];
  /** Millionths of the currency's unit in the next 30 days; null where no cost is known. */
  readonly monthMicros: number | null;
  /** Crons whose cost is not known; they are not in the sum. */
  readonly unknownCosts: number;
};

/** Groups findings into cards, most urgent first. `monthMicrosOf` says what a cron costs a month, null if not known. */
export function findingCards(
  byCron: ReadonlyMap<CronId, readonly Finding[]>,
  monthMicrosOf: (cronId: CronId) => number | null,
): FindingCard[] {
  const byCode = new Map<FindingCode, Finding[]>();
  for (const findings of byCron.values()) {
    for (const finding of findings) {
      const same = byCode.get(finding.code);
      if (same === undefined) byCode.set(finding.code, [finding]);
      else same.push(finding);
    }
  }
  return findingCodes.flatMap((code) => {
    const findings = byCode.get(code);
    if (findings === undefined) return [];
    const costs = findings.map((finding) => monthMicrosOf(finding.cronId)).filter((cost) => cost !== null);
    return {
      ...findingKinds[code],
      code,
      findings,
      monthMicros: costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0),
      unknownCosts: findings.length - costs.length,
    };
  });
}
