import { alertRules, type AlertRule } from './alert-settings';
import type { DestinationShown } from './alerts-view';

/** What no destination is told about, although there are some: each is told only of other things. */
export function untoldRules(destinations: readonly Pick<DestinationShown, 'rules'>[]): readonly AlertRule[] {
  if (destinations.length === 0) return [];
  return alertRules.filter((rule) =>
    destinations.every(({ rules }) => rules !== null && !rules.includes(rule)),
  );
}
