import type { CronDraft } from './cron-draft';
import { scheduleRemarks } from './schedule-remarks';
import { endless, overBudget } from './warnings/cost-warnings';
import { bothParts, deletedTooSoon, misfit, noInput, privateWebhook } from './warnings/payload-warnings';
import { ended, fasterThanRun, never, rare, tooOften, utcOnly } from './warnings/timing-warnings';
import type { DraftWarning, Rule, WarningFacts } from './warnings/warning';

/** Everything to say about a draft, the costly first. */
export function draftWarnings(draft: CronDraft, facts: WarningFacts): readonly DraftWarning[] {
  const found = rules.flatMap((rule) => rule(draft, facts) ?? []);
  return [...found.filter((one) => one.tone === 'warn'), ...found.filter((one) => one.tone === 'info')];
}

const rules: readonly Rule[] = [
  tooOften,
  fasterThanRun,
  never,
  ended,
  noInput,
  bothParts,
  misfit,
  overBudget,
  privateWebhook,
  deletedTooSoon,
  scheduleRemarks,
  endless,
  rare,
  utcOnly,
];
