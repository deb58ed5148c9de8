import { cleanText } from '@/lib/crons/clean-text';
import type { CronFacts } from './cron-facts';
import type { Evidence, Finding, FindingCode } from './finding';
import { findingKinds } from './finding-kinds';

/** A rule looks at one cron and what is known around it, and finds at most one thing. `nowMs` is epoch ms. */
export type CronRule = (facts: CronFacts, nowMs: number) => Finding | null;

/** A finding of a kind: severity, reason and actions come with the kind. Foreign text becomes one safe, short line. */
export function makeFinding(
  code: FindingCode,
  facts: Pick<CronFacts, 'cron'>,
  title: string,
  evidence: readonly Evidence[] = [],
): Finding {
  const { severity, whyItMatters, actions } = findingKinds[code];
  const safe = evidence.map((fact) =>
    fact.kind === 'text' ? { ...fact, text: cleanText(fact.text, 300) } : fact,
  );
  return {
    code,
    severity,
    cronId: facts.cron.cronId,
    title,
    evidence: safe,
    whyItMatters,
    source: null,
    actions,
  };
}
