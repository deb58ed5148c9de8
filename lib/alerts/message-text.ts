import type { AlertGroup, AlertItem, AlertMessage } from './alert-message';

const shape: Intl.DateTimeFormatOptions = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
};

/** "Sat, 21 Nov 2026, 12:00 (Europe/Berlin)". */
export function messageTime(atMs: number, zone: string): string {
  return `${new Intl.DateTimeFormat('en-GB', { ...shape, timeZone: zone }).format(atMs)} (${zone})`;
}

/** What is said of one line beside its name. */
export function itemWords({ why, sinceMs, untilMs }: AlertItem, zone: string): string {
  const since =
    sinceMs === null ? '' : `${untilMs === null ? 'Since' : 'From'} ${messageTime(sinceMs, zone)}`;
  const until = untilMs === null ? '' : ` to ${messageTime(untilMs, zone)}`;
  const when = `${since}${until}`;
  return [why, when === '' ? '' : `${when}.`].filter((part) => part !== '').join(' ');
}

/** "and 7 more"; empty where all are named. */
export function moreWords({ count, items }: Pick<AlertGroup, 'count' | 'items'>): string {
  return count > items.length ? `and ${count - items.length} more` : '';
}

/** What a test says below its title. */
export const testWords =
  'This is a test. Nothing is wrong. When something is, a message like this says what, why, since when, and what to do.';

/** The message as plain text. Names are foreign text on one line each; nothing in it is markup. */
export function messageText(message: AlertMessage): string {
  const { kind, title, groups, deployment, atMs, zone } = message;
  const parts = kind === 'test' ? [testWords] : groups.map((group) => groupText(group, zone));
  const foot = `${deployment.name}: ${deployment.link}\nSent by Crondeck, ${messageTime(atMs, zone)}.`;
  return [title, ...parts, foot].join('\n\n');
}

function groupText(group: AlertGroup, zone: string): string {
  const lines = group.items.flatMap((item) => [`- ${item.name}: ${itemWords(item, zone)}`, `  ${item.link}`]);
  const more = moreWords(group);
  return [
    group.heading,
    ...lines,
    ...(more === '' ? [] : [`- ${more}: ${group.link}`]),
    ...(group.todo === '' ? [] : [`What to do: ${group.todo}`]),
  ].join('\n');
}
