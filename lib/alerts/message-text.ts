import type { AlertGroup, AlertItem, AlertMessage } from './alert-message';

const shape: Intl.DateTimeFormatOptions = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
};

/** "Sat 21 Nov, 12:00"; which zone that is, the foot of the message says. */
export function messageTime(atMs: number, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', { ...shape, timeZone: zone }).format(atMs);
}

/** When it was sent, and the zone of all its times. */
export function footWords({ atMs, zone }: Pick<AlertMessage, 'atMs' | 'zone'>): string {
  return `Sent by Crondeck on ${messageTime(atMs, zone)}. All times are those of ${zone}.`;
}

/** The heading of a group; empty where the title of the message says the same. */
export function headingWords(
  { title }: Pick<AlertMessage, 'title'>,
  { heading }: Pick<AlertGroup, 'heading'>,
): string {
  return heading === title ? '' : heading;
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
  const { kind, title, groups, deployment } = message;
  const parts = kind === 'test' ? [testWords] : groups.map((group) => groupText(message, group));
  const foot = `${deployment.name}: ${deployment.link}\n${footWords(message)}`;
  return [title, ...parts, foot].join('\n\n');
}

function groupText(message: AlertMessage, group: AlertGroup): string {
  const heading = headingWords(message, group);
  const lines = group.items.flatMap((item) => [
    `- ${item.name}: ${itemWords(item, message.zone)}`,
    `  ${item.link}`,
  ]);
  const more = moreWords(group);
  return [
    ...(heading === '' ? [] : [heading]),
    ...lines,
    ...(more === '' ? [] : [`- ${more}: ${group.link}`]),
    ...(group.todo === '' ? [] : [`What to do: ${group.todo}`]),
  ].join('\n');
}
