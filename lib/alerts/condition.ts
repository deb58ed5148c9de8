import type { AlertRule } from './alert-settings';

/** The subject of a condition that is about the deployment as a whole. */
export const wholeDeployment = 'deployment';

/** Something that is so right now. Of each rule and subject there is at most one. Instants are epoch ms. */
export type Condition = {
  readonly rule: AlertRule;
  /** A cron's id, an assistant's id, or `wholeDeployment`. */
  readonly subject: string;
  /** As people know it; foreign text made safe. */
  readonly name: string;
  /** What is known about it, in a sentence; foreign text made safe. */
  readonly why: string;
  readonly sinceMs: number | null;
  /** True where it is not certain: then an alert that is open stays so, and none is opened. */
  readonly unsure: boolean;
};

export function conditionKey({ rule, subject }: Pick<Condition, 'rule' | 'subject'>): string {
  return `${rule} ${subject}`;
}
