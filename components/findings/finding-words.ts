import type { FindingCode } from '@/lib/health/finding';
import { findingCodes } from '@/lib/health/finding';
import type { CronRowFinding, FindingSeverity } from '@/lib/crons/cron-list';
import type { MarkShape } from '../ui/mark';

/** What a row says of a finding in the few words it has room for. */
const short: Record<FindingCode, string> = {
  'end-date-stops-scheduler': 'stops the scheduler',
  'scheduler-down': 'scheduler stopped',
  'context-with-configurable': 'every run is refused',
  'assistant-gone': 'assistant gone',
  'thread-gone': 'thread gone',
  failing: 'fails every time',
  'missing-since-deploy': 'silent since deploy',
  overdue: 'overdue',
  'never-runs': 'never runs',
  'waiting-for-human': 'waits for a human',
  'runs-piling-up': 'runs pile up',
  'slower-than-interval': 'slower than interval',
  'skips-when-busy': 'skips when busy',
  flapping: 'fails now and then',
  duplicate: 'duplicate',
  'thread-growing': 'thread grows',
  'kept-threads-piling-up': 'threads pile up',
  'results-unchanged': 'same result',
  ended: 'ended',
  'paused-long': 'paused for long',
  nobodys: 'nobody\u2019s',
};

export function isFindingCode(code: string): code is FindingCode {
  return (findingCodes as readonly string[]).includes(code);
}

export function shortFinding({ code, title }: CronRowFinding): string {
  return isFindingCode(code) ? short[code] : title;
}

type SeverityLook = { readonly shape: MarkShape; readonly text: string; readonly word: string };

/** How urgent a finding is, in shape, colour and word. */
export const severityLooks: Record<FindingSeverity, SeverityLook> = {
  critical: { shape: 'triangle', text: 'text-bad', word: 'Does not do its work' },
  warning: { shape: 'diamond', text: 'text-warn', word: 'Wastes money or will fail' },
  notice: { shape: 'ring', text: 'text-ink-2', word: 'To tidy up' },
};

/** The most urgent finding that is more than a notice. */
export function urgentFinding(findings: readonly CronRowFinding[]): CronRowFinding | null {
  return findings.find(({ severity }) => severity !== 'notice') ?? null;
}
