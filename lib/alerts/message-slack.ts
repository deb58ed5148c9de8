import { shorten } from '@/lib/crons/clean-text';
import type { AlertGroup, AlertMessage } from './alert-message';
import { footWords, headingWords, itemWords, moreWords, testWords } from './message-text';

// Limits of Slack: characters of a header and of a section. https://docs.slack.dev/reference/block-kit/blocks
const headerLength = 150;
const sectionLength = 3_000;
const foreignLength = 300;

type Block =
  | {
      readonly type: 'header';
      readonly text: { readonly type: 'plain_text'; readonly text: string; readonly emoji: false };
    }
  | {
      readonly type: 'section';
      readonly text: { readonly type: 'mrkdwn'; readonly text: string; readonly verbatim: true };
    }
  | {
      readonly type: 'context';
      readonly elements: readonly [
        { readonly type: 'mrkdwn'; readonly text: string; readonly verbatim: true },
      ];
    };

/** `text` is for notifications and for servers that do not know blocks. */
export type SlackBody = { readonly text: string; readonly blocks: readonly Block[] };

const joiner = '\u2060';

/**
 * Foreign text inside Slack's markup: `&`, `<` and `>` as Slack wants them, and an invisible joiner where other servers
 * that take the same messages would see a mention, a link or an address.
 */
export function escapeSlack(text: string): string {
  return shorten(text, foreignLength)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', `@${joiner}`)
    .replaceAll(']', `]${joiner}`)
    .replaceAll('//', `/${joiner}/`);
}

/** The message for a Slack-compatible incoming webhook. */
export function slackBody(message: AlertMessage): SlackBody {
  const { kind, title, groups, deployment } = message;
  const sections = kind === 'test' ? [testWords] : groups.map((group) => groupMarkup(message, group));
  const foot = `${link(deployment.link, deployment.name)} · ${escapeSlack(footWords(message))}`;
  const header = shorten(title, headerLength);
  return {
    text: [`*${escapeSlack(title)}*`, ...sections, foot].join('\n\n'),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: header, emoji: false } },
      ...sections.map((text): Block => ({
        type: 'section',
        text: { type: 'mrkdwn', text: shorten(text, sectionLength), verbatim: true },
      })),
      { type: 'context', elements: [{ type: 'mrkdwn', text: foot, verbatim: true }] },
    ],
  };
}

function link(address: string, name: string): string {
  return `<${address.replaceAll('&', '&amp;')}|${escapeSlack(name).replaceAll('|', '¦')}>`;
}

function groupMarkup(message: AlertMessage, group: AlertGroup): string {
  const heading = headingWords(message, group);
  const lines = group.items.map(
    (item) => `• ${link(item.link, item.name)}: ${escapeSlack(itemWords(item, message.zone))}`,
  );
  const more = moreWords(group);
  return [
    ...(heading === '' ? [] : [`*${escapeSlack(heading)}*`]),
    ...lines,
    ...(more === '' ? [] : [`• ${link(group.link, more)}`]),
    ...(group.todo === '' ? [] : [`_${escapeSlack(group.todo)}_`]),
  ].join('\n');
}
