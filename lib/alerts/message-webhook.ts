import type { AlertMessage } from './alert-message';
import { messageText } from './message-text';

/** What a webhook gets as JSON. Fields are only ever added; `version` changes if one changes its meaning. */
export type WebhookBody = {
  readonly version: 1;
  /** The same for every try: whoever has seen it has seen the message. */
  readonly delivery: string;
  readonly kind: 'alert' | 'test';
  readonly title: string;
  readonly sentAt: string;
  readonly deployment: { readonly id: string; readonly name: string; readonly link: string };
  readonly groups: readonly {
    readonly state: 'open' | 'resolved' | 'passed';
    readonly rule: string;
    readonly heading: string;
    readonly count: number;
    readonly link: string;
    readonly whatToDo: string | null;
    readonly items: readonly {
      readonly cronId: string | null;
      readonly name: string;
      readonly why: string;
      readonly since: string | null;
      readonly until: string | null;
      readonly link: string;
    }[];
  }[];
  /** All of it as plain text. */
  readonly text: string;
};

export function webhookBody(message: AlertMessage, delivery: string): WebhookBody {
  const { kind, title, atMs, deployment, groups } = message;
  return {
    version: 1,
    delivery,
    kind,
    title,
    sentAt: new Date(atMs).toISOString(),
    deployment,
    groups: groups.map(({ state, rule, heading, count, link, todo, items }) => ({
      state,
      rule,
      heading,
      count,
      link,
      whatToDo: todo === '' ? null : todo,
      items: items.map(({ cronId, name, why, sinceMs, untilMs, link: page }) => ({
        cronId,
        name,
        why,
        since: isoOrNull(sinceMs),
        until: isoOrNull(untilMs),
        link: page,
      })),
    })),
    text: messageText(message),
  };
}

function isoOrNull(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}
