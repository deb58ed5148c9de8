import { expect, test, type Page, type Route } from '@playwright/test';
import {
  chooseAssistant,
  chooseZone,
  openBuilder,
  writeExpression,
  writeInput,
  writeMessage,
} from './support/builder';
import { deleteAllCrons, sdk } from './support/local-deployment';

test.beforeAll(deleteAllCrons);
test.afterAll(deleteAllCrons);

const card = (page: Page) => page.getByRole('complementary', { name: 'What it will do' });
const notes = (page: Page) => card(page).getByRole('list', { name: 'Good to know' });
const openMore = (page: Page) => page.getByRole('button', { name: /Configuration, context/ }).click();

/** What a person does, the title of the warning, and a way out where there is one. */
const warnings: readonly (readonly [
  what: string,
  act: (page: Page) => Promise<void>,
  title: string,
  wayOut: string | null,
])[] = [
  [
    'runs every minute',
    (page) => writeExpression(page, '* * * * *'),
    'It runs every 1 min.',
    'Every 15 minutes',
  ],
  ['never runs', (page) => writeExpression(page, '0 0 30 2 *'), 'It never runs.', null],
  ['runs once a year', (page) => writeExpression(page, '5 9 1 1 *'), 'It runs once a year or less.', null],
  [
    'names both day fields',
    (page) => writeExpression(page, '5 9 13 * 5'),
    'It runs on either of the two days.',
    null,
  ],
  [
    'uses steps that do not divide the hour',
    (page) => writeExpression(page, '*/7 9 * * *'),
    'The steps do not come out even.',
    null,
  ],
  [
    'starts at the full hour',
    (page) => writeExpression(page, '0 9 * * *'),
    'It starts at the full hour.',
    'Seven minutes later',
  ],
  [
    'runs at a time that clocks skip',
    (page) => writeExpression(page, '30 2 * * *'),
    'Once a year the clocks skip this time.',
    'An hour later',
  ],
  [
    'runs often without an end',
    (page) => writeExpression(page, '*/10 * * * *'),
    'It has no end date.',
    'End it in 30 days',
  ],
  [
    'ends before it begins',
    async (page) => {
      await writeExpression(page, '5 9 1 1 *');
      await page.getByRole('textbox', { name: 'Ends' }).fill('2020-01-01T00:00');
    },
    'It ends before its first run.',
    'Take the end away',
  ],
  [
    'sets context and configuration',
    async (page) => {
      await openMore(page);
      await page.getByRole('textbox', { name: 'Configuration' }).fill('{"a": 1}');
      await page.getByRole('textbox', { name: 'Context' }).fill('{"b": 2}');
    },
    'Context and configuration are both set.',
    'Empty the context',
  ],
  [
    'calls a private address',
    async (page) => {
      await openMore(page);
      await page.getByRole('textbox', { name: 'Webhook' }).fill('http://10.0.0.7/hook');
    },
    'The webhook is a private address.',
    'Take the webhook away',
  ],
  [
    'stops for somebody on a thread that is deleted',
    async (page) => {
      await page.getByRole('radio', { name: 'A new thread each run, deleted afterwards' }).click();
      await openMore(page);
      await page
        .getByRole('group', { name: 'Stop before' })
        .getByRole('checkbox', { name: 'every node' })
        .check();
    },
    'A run that stops is deleted with its thread.',
    'Keep the threads',
  ],
  [
    'hears of the end of a thread that is deleted',
    async (page) => {
      await page.getByRole('radio', { name: 'A new thread each run, deleted afterwards' }).click();
      await openMore(page);
      await page.getByRole('textbox', { name: 'Webhook' }).fill('https://1.1.1.1/hook');
    },
    'The webhook tells how a run ended, not what it said.',
    'Keep the threads',
  ],
];

for (const [what, act, title, wayOut] of warnings) {
  test(`a cron that ${what} is warned of, with a way out where there is one`, async ({ page }) => {
    await openBuilder(page);
    await chooseAssistant(page, 'assistant');
    await act(page);
    const warning = notes(page).getByRole('listitem').filter({ hasText: title }).first();
    const more = notes(page).getByRole('button', { name: /^\d+ more$/ });
    // Notes come one after the other: the one looked for may slip behind "more" after the first look.
    await expect(async () => {
      if (await more.isVisible()) await more.click();
      await expect(warning).toBeVisible({ timeout: 1_000 });
    }).toPass();
    if (wayOut === null) return;
    await warning.getByRole('button', { name: wayOut }).click();
    await expect(card(page)).not.toContainText(title);
  });
}

test('a trial that takes longer than the time between two runs is warned of', async ({ page }) => {
  await openBuilder(page);
  await chooseAssistant(page, 'slow');
  await writeInput(page, '{"seconds": 3}');
  await writeExpression(page, '* * * * * */2');
  await page.getByRole('button', { name: 'Try it now' }).click();
  await expect(page.getByText(/Done in/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('tab', { name: 'What it will do' }).click();
  await expect(card(page)).toContainText(/A run takes .* but starts every 2 s\./);
});

test('a webhook and a context that were taken away make the edit a replacement', async ({ page }) => {
  const cron = await sdk.crons.create('assistant', {
    schedule: '5 9 * * *',
    input: { messages: [{ role: 'user', content: 'Hi' }] },
    webhook: 'https://1.1.1.1/hook',
    context: { user: 'x' },
  });
  await openBuilder(page, `/local/crons/${cron.cron_id}/edit`);
  await expect(page.getByText('2 set')).toBeVisible();
  await openMore(page);
  await page.getByRole('textbox', { name: 'Webhook' }).fill('');
  await page.getByRole('textbox', { name: 'Context' }).fill('');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Replace the cron?' });
  await expect(dialog).toContainText('A webhook can be changed but not removed in place.');
  await expect(dialog).toContainText('A context can be changed but not removed in place.');
});

/** Lets the dashboard believe that the server can do less. */
async function pretend(page: Page, cannot: Readonly<Record<string, false>>): Promise<void> {
  await page.route('**/api/deployments/local', async (route: Route) => {
    const response = await route.fetch();
    const info = (await response.json()) as { state: { capabilities: Record<string, boolean> } };
    Object.assign(info.state.capabilities, cannot);
    await route.fulfill({ response, json: info });
  });
}

test('a server without time zones is offered UTC, and the card says what that means', async ({ page }) => {
  await pretend(page, { timezone: false });
  await openBuilder(page);
  await expect(page.getByText('This server runs every cron in UTC.')).toBeVisible();
  await expect(card(page)).toContainText('This server knows only UTC.');
  await expect(
    card(page).getByRole('list', { name: 'Next runs' }).getByRole('listitem').first(),
  ).toContainText('Berlin');
  await page.getByRole('combobox', { name: 'Time zone' }).fill('berlin');
  await expect(page.getByRole('option', { name: /Berlin/ })).toHaveCount(0);
});

test('what a server cannot do is not offered', async ({ page }) => {
  await pretend(page, { enabled: false });
  await openBuilder(page);
  await expect(page.getByRole('switch', { name: /Paused/ })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Create paused' })).toHaveCount(0);
});

test('without PATCH every edit is a replacement', async ({ page }) => {
  const cron = await sdk.crons.create('assistant', { schedule: '5 9 * * *', metadata: { name: 'Fixed' } });
  await pretend(page, { patch: false });
  await openBuilder(page, `/local/crons/${cron.cron_id}/edit`);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Renamed');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Replace the cron?' })).toContainText(
    'This server cannot change a cron in place.',
  );
});

test('a server too busy to say what an assistant takes is asked again', async ({ page }) => {
  let asked = 0;
  await page.route('**/assistants/*/schemas', (route) => {
    asked += 1;
    const problem = { code: 'failing', message: 'The deployment failed (500).', hint: '' };
    return asked === 1 ? route.fulfill({ status: 502, json: { problem } }) : route.continue();
  });
  await openBuilder(page);
  await chooseAssistant(page, 'digest');
  await expect(page.getByRole('button', { name: 'Fill in its form' })).toBeVisible();
  expect(asked).toBe(2);
});

test('on a phone the essence stays in sight while one types', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openBuilder(page);
  await chooseZone(page, 'tokyo', /Tokyo/);
  await writeMessage(page, 'Hello');
  const summary = page.getByRole('button', { name: 'Show what it will do' });
  await expect(summary).toBeInViewport();
  await summary.click();
  await expect(card(page)).toBeInViewport();
});
