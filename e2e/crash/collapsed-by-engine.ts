import type { FiringReport } from './api';

/**
 * The occurrences that the engine itself collapsed because its server did not answer for long, which is its rule; but
 * only where a later occurrence of the same cron did run, as the rule says.
 */
export function collapsedByEngine(firings: readonly FiringReport[]): ReadonlySet<number> {
  const at = (firing: FiringReport) => Date.parse(firing.scheduled_for);
  const lastRun = Math.max(...firings.filter(({ status }) => status === 'success').map(at));
  const collapsed = firings.filter(
    ({ status, error }) => status === 'skipped' && error?.startsWith('superseded by a later occurrence'),
  );
  return new Set(collapsed.map(at).filter((time) => time < lastRun));
}
