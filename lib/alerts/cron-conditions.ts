import { cleanText } from '@/lib/crons/clean-text';
import type { CronStatusCode } from '@/lib/crons/cron-list';
import type { CronId } from '@/lib/crons/ids';
import type { RunStatus } from '@/lib/crons/run';
import type { Evidence, Finding, FindingCode } from '@/lib/health/finding';
import type { AlertRule, AlertSettings } from './alert-settings';
import type { Condition } from './condition';
import { messageTime } from './message-text';

/** One cron as the rules of alerts see it. */
export type CronSubject = {
  readonly cronId: CronId;
  readonly name: string;
  readonly status: CronStatusCode;
  readonly findings: readonly Finding[];
  /** The latest run that is known; null for none. */
  readonly lastRun: { readonly atMs: number; readonly status: RunStatus } | null;
  /** What the latest run that failed said; null where that is not known. Foreign text. */
  readonly lastError: string | null;
  readonly endMs: number | null;
  /** Whether its fixed thread, if it has one, has been read: before that nobody knows whether it waits. */
  readonly threadKnown: boolean;
};

const dayMs = 86_400_000;

/** Everything about one cron that somebody is to be told. `nowMs` is epoch ms. */
export function cronConditions(
  cron: CronSubject,
  settings: Pick<AlertSettings, 'failingAfter' | 'endingDays' | 'zone'>,
  nowMs: number,
): readonly Condition[] {
  if (cron.status === 'paused' || cron.status === 'ended') return [];
  return [
    failing(cron, settings.failingAfter),
    overdue(cron),
    waiting(cron),
    endingSoon(cron, settings, nowMs),
  ].filter((found) => found !== null);
}

function asCondition(
  cron: CronSubject,
  rule: AlertRule,
  why: string,
  part: Partial<Condition> = {},
): Condition {
  const { cronId, name } = cron;
  return {
    rule,
    subject: cronId,
    name: cleanText(name),
    why: cleanText(why, 500),
    sinceMs: null,
    unsure: false,
    ...part,
  };
}

function findingOf(cron: CronSubject, code: FindingCode): Finding | undefined {
  return cron.findings.find((finding) => finding.code === code);
}

function instant({ evidence }: Finding, label: string): number | null {
  const fact = evidence.find((each): each is Extract<Evidence, { kind: 'instant' }> => {
    return each.kind === 'instant' && each.label === label;
  });
  return fact?.atMs ?? null;
}

function failing(cron: CronSubject, after: AlertSettings['failingAfter']): Condition | null {
  const finding = findingOf(cron, 'failing');
  if (finding !== undefined) {
    return asCondition(cron, 'failing', withError(finding.title, cron), {
      sinceMs: instant(finding, 'Failing since'),
    });
  }
  const { lastRun } = cron;
  switch (lastRun?.status) {
    case undefined:
    case 'success':
    case 'interrupted':
      return null;
    case 'error':
    case 'timeout':
    case 'not-started':
      return asCondition(cron, 'failing', withError('Its last run failed.', cron), {
        sinceMs: lastRun?.atMs ?? null,
        unsure: after !== 'first',
      });
    // Nothing is known of its end: it proves neither that it works again nor that it does not.
    case 'pending':
    case 'running':
    case 'skipped':
    case 'cancelled':
    case 'vanished':
    case 'unknown':
      return asCondition(cron, 'failing', 'Its last run has no known end.', { unsure: true });
  }
}

function withError(title: string, { lastError }: CronSubject): string {
  return lastError === null ? title : `${title} It said: ${lastError}`;
}

function overdue(cron: CronSubject): Condition | null {
  const own = findingOf(cron, 'overdue');
  // A cron that waits for a stopped scheduler is still late, but not to blame.
  const finding = own ?? findingOf(cron, 'scheduler-down');
  if (finding === undefined) return null;
  return asCondition(cron, 'overdue', finding.title, {
    sinceMs: instant(finding, 'Was due'),
    unsure: own === undefined,
  });
}

function waiting(cron: CronSubject): Condition | null {
  const finding = findingOf(cron, 'waiting-for-human');
  if (finding !== undefined) return asCondition(cron, 'waiting-for-human', finding.title);
  return cron.threadKnown ? null : asCondition(cron, 'waiting-for-human', '', { unsure: true });
}

function endingSoon(
  cron: CronSubject,
  { endingDays, zone }: Pick<AlertSettings, 'endingDays' | 'zone'>,
  nowMs: number,
): Condition | null {
  const { endMs } = cron;
  if (endMs === null || endMs <= nowMs || endMs > nowMs + endingDays * dayMs) return null;
  return asCondition(cron, 'ending-soon', `It runs until ${messageTime(endMs, zone)} and then no more.`);
}
