import { cronStatusCodes } from '@/lib/crons/cron-list';
import { needsAttention } from '@/lib/health/cron-status';
import { findingCodes, type FindingCode } from '@/lib/health/finding';
import { findingKinds } from '@/lib/health/finding-kinds';
import type { CronSet } from './cron-set';

/** The bit of a kind of finding in the column of findings. */
export function findingBit(code: FindingCode): number {
  return 1 << findingCodes.indexOf(code);
}

const urgent = findingCodes
  .filter((code) => findingKinds[code].severity !== 'notice')
  .reduce((mask, code) => mask | findingBit(code), 0);
const statusNeedsIt = Uint8Array.from(cronStatusCodes, (code) => (needsAttention(code) ? 1 : 0));

/** Says for a slot whether somebody should look at its cron: a finding that is more than a notice, or its status. */
export function attentionTest({ columns }: Pick<CronSet, 'columns'>): (slot: number) => boolean {
  const { findings, status } = columns;
  return (slot) => ((findings[slot] as number) & urgent) !== 0 || statusNeedsIt[status[slot] as number] === 1;
}
