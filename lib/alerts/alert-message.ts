import type { AlertRule } from './alert-settings';

/** `passed`: it came and went before anybody was told, for example in quiet hours. */
export type AlertGroupState = 'open' | 'resolved' | 'passed';

/** One line of a message. */
export type AlertItem = {
  /** Null where it is not about a single cron. */
  readonly cronId: string | null;
  readonly name: string;
  readonly why: string;
  readonly sinceMs: number | null;
  readonly untilMs: number | null;
  /** The page of the dashboard that shows it. */
  readonly link: string;
};

/** All that is said about one rule: the first few by name, the others by number. */
export type AlertGroup = {
  readonly state: AlertGroupState;
  readonly rule: AlertRule;
  readonly heading: string;
  readonly count: number;
  readonly items: readonly AlertItem[];
  /** Where all of them are listed. */
  readonly link: string;
  /** What to do about it; empty for what is over. */
  readonly todo: string;
};

/** What is sent, before it is put into the form of a destination. Instants are epoch ms. */
export type AlertMessage = {
  readonly kind: 'alert' | 'test';
  readonly deployment: { readonly id: string; readonly name: string; readonly link: string };
  readonly title: string;
  readonly atMs: number;
  readonly zone: string;
  readonly groups: readonly AlertGroup[];
};

/** A test says that it is one, and nothing else. */
export function testMessage(
  deployment: AlertMessage['deployment'],
  destination: string,
  zone: string,
  atMs: number,
): AlertMessage {
  return {
    kind: 'test',
    deployment,
    title: `Test: alerts of ${deployment.name} reach “${destination}”`,
    atMs,
    zone,
    groups: [],
  };
}
