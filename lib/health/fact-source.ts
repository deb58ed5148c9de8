import { sourceText } from '@/lib/crons/run-source-words';
import type { CronFacts } from './cron-facts';
import type { Finding, FindingCode } from './finding';

const fromRuns: ReadonlySet<FindingCode> = new Set([
  'failing',
  'flapping',
  'missing-since-deploy',
  'results-unchanged',
  'runs-piling-up',
  'skips-when-busy',
  'slower-than-interval',
]);

/** Where the facts behind a finding come from, in words; null where they stand in the cron itself. */
export function factSource({ code }: Pick<Finding, 'code'>, facts: CronFacts): string | null {
  if (fromRuns.has(code))
    return facts.history.known && facts.history.value.from ? sourceText(facts.history.value.from) : null;
  if (code === 'waiting-for-human') return 'what its threads say of themselves';
  return code === 'kept-threads-piling-up' ? 'a count of the threads that name it' : null;
}
