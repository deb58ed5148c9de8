import { describe, expect, test } from 'vitest';
import { testMessage } from './alert-message';
import { composeMessage, type AlertToTell, type ToTell } from './compose-message';
import { isMessageDue } from './message-due';
import { mailBody } from './message-mail';
import { escapeSlack, slackBody } from './message-slack';
import { messageText } from './message-text';
import { webhookBody } from './message-webhook';

const noon = Date.UTC(2026, 10, 21, 12);
const minute = 60_000;
const frame = {
  deployment: { id: 'production', name: 'Production' },
  base: 'https://desk.example.com',
  zone: 'Europe/Berlin',
  atMs: noon,
};

function anAlert(number: number, part: Partial<AlertToTell> = {}): AlertToTell {
  return {
    alertId: number,
    rule: 'failing',
    subject: `cron-${number}`,
    name: `Cron ${number}`,
    why: 'Its last 3 runs failed.',
    sinceMs: noon - 60 * minute,
    endedMs: null,
    end: null,
    ...part,
  };
}

const compose = (told: Partial<ToTell>) =>
  composeMessage({ open: [], resolved: [], passed: [], ...told }, frame);
const many = (count: number, part: Partial<AlertToTell> = {}) =>
  Array.from({ length: count }, (_, number) => anAlert(number + 1, part));
const over = { endedMs: noon, end: 'over' } as const;

describe('what a message says', () => {
  test('what, why, since when, where, and what to do', () => {
    expect(messageText(compose({ open: [anAlert(1)] }))).toBe(
      [
        'Cron 1 is failing',
        '',
        '- Cron 1: Its last 3 runs failed. Since Sat 21 Nov, 12:00.',
        '  https://desk.example.com/production/crons/cron-1',
        'What to do: Open its runs to see the error. Pause it if it cannot be put right soon: failed runs are paid for.',
        '',
        'Production: https://desk.example.com/production/crons',
        'Sent by Crondeck on Sat 21 Nov, 13:00. All times are those of Europe/Berlin.',
      ].join('\n'),
    );
  });

  test('many of a kind are one group: the first are named, the others counted', () => {
    const message = compose({ open: many(12, { rule: 'overdue' }) });
    expect(message.title).toBe('12 crons are overdue');
    expect(message.groups).toHaveLength(1);
    expect(message.groups[0]?.items.map(({ name }) => name)).toEqual([
      'Cron 1',
      'Cron 2',
      'Cron 3',
      'Cron 4',
      'Cron 5',
    ]);
    expect(messageText(message)).toContain(
      '- and 7 more: https://desk.example.com/production/crons?finding=overdue',
    );
  });

  test('the most urgent kinds come first, and what is over last', () => {
    const message = compose({
      open: [...many(2), anAlert(9, { rule: 'scheduler-down', subject: 'deployment', name: 'Production' })],
      resolved: [anAlert(10, over)],
    });
    expect(message.groups.map(({ heading }) => heading)).toEqual([
      'The scheduler of Production has stopped',
      '2 crons are failing',
      'Cron 10 works again',
    ]);
    expect(message.title).toBe('The scheduler of Production has stopped, 2 crons are failing');
  });

  test.each([
    ['over', 'Resolved: Cron 1 works again'],
    ['deleted', 'Resolved: Cron 1 is failing: over'],
    ['paused', 'Resolved: Cron 1 is failing: over'],
  ] as const)('what ended as %s', (end, title) => {
    const message = compose({ resolved: [anAlert(1, { ...over, end })] });
    expect(message.title).toBe(title);
    const words = { over: 'failed. From', deleted: 'It was deleted. From', paused: 'It was paused. From' };
    expect(messageText(message)).toContain(words[end]);
  });

  test('what came and went untold is said in one line', () => {
    expect(compose({ passed: many(3, over) }).title).toBe('Came and went: 3 crons are failing');
  });

  test('about a budget or the deployment the link leads to what shows it', () => {
    const links = compose({
      open: [
        anAlert(1, { rule: 'budget', subject: 'some-assistant' }),
        anAlert(2, { rule: 'deployment-down', subject: 'deployment' }),
      ],
    }).groups.map(({ items }) => [items[0]?.cronId, items[0]?.link]);
    expect(links).toEqual([
      [null, 'https://desk.example.com/production/settings'],
      [null, 'https://desk.example.com/production/crons?sort=cost&order=desc'],
    ]);
  });
});

describe('when it goes out', () => {
  const settings = { quiet: { from: '22:00', to: '07:00' }, zone: 'UTC' };

  test('what happens within half a minute goes together', () => {
    expect(isMessageDue({ oldestMs: noon, toldMs: null }, settings, noon + 29_999)).toBe(false);
    expect(isMessageDue({ oldestMs: noon, toldMs: null }, settings, noon + 30_000)).toBe(true);
  });

  test('after a message five minutes are gathered', () => {
    expect(isMessageDue({ oldestMs: noon, toldMs: noon - minute }, settings, noon + minute)).toBe(false);
    expect(isMessageDue({ oldestMs: noon, toldMs: noon - minute }, settings, noon + 4 * minute)).toBe(true);
  });

  test('in quiet hours it waits for their end', () => {
    const night = Date.UTC(2026, 10, 21, 23);
    expect(isMessageDue({ oldestMs: night, toldMs: null }, settings, night + 60 * minute)).toBe(false);
    expect(isMessageDue({ oldestMs: night, toldMs: null }, settings, Date.UTC(2026, 10, 22, 7))).toBe(true);
  });
});

describe('hostile names', () => {
  const name = '<!channel> & <https://evil.example|click> [x](https://evil.example) @all <script>';
  const message = compose({ open: [anAlert(1, { name, why: name })] });

  test('are no markup for Slack, and no mention, link or address for those like it', () => {
    const { text, blocks } = slackBody(message);
    const markup = [text, JSON.stringify(blocks.slice(1))].join('\n');
    expect(markup).not.toMatch(/<!|<https:\/\/evil|\]\(|@all|<script/);
    expect(markup).toContain('<https://desk.example.com/production/crons/cron-1|&lt;!channel&gt; &amp;');
    expect(escapeSlack('a & b')).toBe('a &amp; b');
  });

  test('are text in HTML', () => {
    const { html } = mailBody(message);
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;');
  });

  test('cannot end a subject line', () => {
    const { subject } = mailBody(
      compose({ open: [anAlert(1, { name: 'x\r\nBcc: everybody@example.com' })] }),
    );
    expect(subject).toBe('[Production] x Bcc: everybody@example.com is failing');
  });

  test('of any length stay within what Slack takes', () => {
    const { blocks } = slackBody(
      compose({ open: many(9, { name: '€'.repeat(5_000), why: '<'.repeat(9_000) }) }),
    );
    for (const block of blocks) {
      const size = block.type === 'context' ? block.elements[0].text.length : block.text.text.length;
      expect(size).toBeLessThanOrEqual(block.type === 'header' ? 150 : 3_000);
    }
  });
});

test('a webhook gets it as fields, with instants as ISO 8601', () => {
  expect(webhookBody(compose({ resolved: [anAlert(1, over)] }), '17')).toMatchObject({
    version: 1,
    delivery: '17',
    kind: 'alert',
    sentAt: '2026-11-21T12:00:00.000Z',
    groups: [
      {
        state: 'resolved',
        rule: 'failing',
        count: 1,
        whatToDo: null,
        items: [{ cronId: 'cron-1', since: '2026-11-21T11:00:00.000Z', until: '2026-11-21T12:00:00.000Z' }],
      },
    ],
  });
});

test('a test says that it is one', () => {
  const deployment = { ...frame.deployment, link: 'https://desk.example.com/production/crons' };
  const message = testMessage(deployment, 'On call', 'UTC', noon);
  expect(message.title).toBe('Test: alerts of Production reach “On call”');
  for (const text of [messageText(message), slackBody(message).text, mailBody(message).text])
    expect(text).toContain('This is a test. Nothing is wrong.');
});
