import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import {
  chooseAssistant,
  chooseZone,
  cronsNamed,
  openBuilder,
  sayWhen,
  writeExpression,
  writeInput,
  writeMessage,
} from './support/builder';
import { deleteAllCrons, sdk } from './support/local-deployment';
import { takeOption } from './support/take-option';

test.beforeEach(deleteAllCrons);
test.afterAll(deleteAllCrons);

const card = (page: Page) => page.getByRole('complementary', { name: 'What it will do' });
const create = (page: Page) => page.getByRole('button', { name: 'Create cron' }).click();

test('a sentence that needs two expressions makes two crons that belong together', async ({ page }) => {
  await openBuilder(page);
  await chooseAssistant(page, 'assistant');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Morning news');
  await sayWhen(page, 'every weekday at 9 and 17:30');
  await expect(card(page)).toContainText('Every weekday at 09:00 and 17:30, Berlin time');
  await expect(card(page)).toContainText('2 crons, made together');
  await expect(card(page).getByRole('list', { name: 'Next runs' }).getByRole('listitem')).toHaveCount(10);
  await writeMessage(page, 'Summarise the news.');
  await create(page);
  await expect(page.getByText('2 crons created.')).toBeVisible();
  await expect(page.getByText(/It will first run in/)).toBeVisible();
  await expect(page).toHaveURL(/\/local\/crons$/);

  const crons = await cronsNamed('Morning news');
  expect(crons.map((cron) => [cron.schedule, cron.timezone, cron.metadata.crondeck_part])).toEqual([
    ['0 9 * * 1-5', 'Europe/Berlin', '1 of 2'],
    ['30 17 * * 1-5', 'Europe/Berlin', '2 of 2'],
  ]);
  expect(new Set(crons.map((cron) => cron.metadata.crondeck_group)).size).toBe(1);
  expect(crons[0]?.payload.input).toEqual({ messages: [{ role: 'user', content: 'Summarise the news.' }] });
});

test('a cron just made can be taken back', async ({ page }) => {
  await openBuilder(page);
  await chooseAssistant(page, 'assistant');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Hasty');
  await writeMessage(page, 'Hello');
  await create(page);
  await expect(page.getByText('Created.')).toBeVisible();
  await expect(page).toHaveURL(/\/local\/crons\/[0-9a-f-]{36}$/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Deleted again. Nothing will run.')).toBeVisible();
  expect(await cronsNamed('Hasty')).toEqual([]);
});

test('structured input is filled in through the form of the assistant', async ({ page }) => {
  test.setTimeout(180_000);
  await openBuilder(page);
  await chooseAssistant(page, 'digest');
  // The server derives the schema from the program, which takes a while the first time.
  await page.getByRole('button', { name: 'Fill in its form' }).click({ timeout: 90_000 });
  await page.getByRole('textbox', { name: /^topic/ }).fill('Berlin');
  await page.getByRole('button', { name: 'Add to sources' }).click();
  await page.getByRole('textbox', { name: /^sources-1/ }).fill('city desk');
  await page.getByRole('spinbutton', { name: /^max_items/ }).fill('3');
  await page.getByRole('combobox', { name: /^tone/ }).selectOption('brief');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Berlin digest');
  await expectAccessible(page);
  await page.getByRole('radio', { name: 'JSON', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Input' })).toContainText('"max_items": 3');
  await expectAccessible(page);
  await create(page);
  await expect(page.getByText('Created.')).toBeVisible();
  const [cron] = await cronsNamed('Berlin digest');
  expect(cron?.payload.input).toEqual({
    topic: 'Berlin',
    sources: ['city desk'],
    max_items: 3,
    tone: 'brief',
  });
});

test('JSON that is valid but does not fit the schema is a warning one may override', async ({ page }) => {
  test.setTimeout(180_000);
  await openBuilder(page);
  await chooseAssistant(page, 'digest');
  await page.getByRole('button', { name: 'Fill in its form' }).click({ timeout: 90_000 });
  await page.getByRole('radio', { name: 'JSON', exact: true }).click();
  const editor = page.getByRole('textbox', { name: 'Input' });
  await editor.fill('{"topic": 5}');
  await expect(card(page)).toContainText('The input does not fit what the assistant takes.');
  await editor.fill('{"topic": ');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Misfit');
  await create(page);
  await expect(page.getByText(/The input is not valid JSON/)).toBeVisible();
  await expect(editor).toBeFocused();
  await editor.fill('{"topic": 5}');
  await create(page);
  await expect(page.getByText('Created.')).toBeVisible();
  expect((await cronsNamed('Misfit'))[0]?.payload.input).toEqual({ topic: 5 });
});

test('an existing thread is found by its title and used by the cron', async ({ page }) => {
  const thread = await sdk.threads.create({ metadata: { title: 'Support desk' } });
  await openBuilder(page);
  await chooseAssistant(page, 'assistant');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('On the desk');
  await page.getByRole('radio', { name: 'A thread that exists' }).click();
  await page.getByRole('combobox', { name: 'Thread' }).fill('Support');
  await takeOption(page.getByRole('option', { name: /Support desk/ }).first());
  await page.getByRole('button', { name: /Configuration, context/ }).click();
  await page.getByRole('combobox', { name: 'When the thread is busy' }).click();
  await page.getByRole('option', { name: /^Skip/ }).click();
  await writeMessage(page, 'Anything new?');
  await expectAccessible(page);
  await create(page);
  await expect(page.getByText('Created.')).toBeVisible();
  const [cron] = await cronsNamed('On the desk');
  expect(cron?.thread_id).toBe(thread.thread_id);
  expect(cron?.payload.multitask_strategy).toBe('reject');
});

test('a new thread is made for a cron whose runs share one', async ({ page }) => {
  await openBuilder(page);
  await chooseAssistant(page, 'assistant');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('With memory');
  await page.getByRole('radio', { name: 'One new thread, used by every run' }).click();
  await writeMessage(page, 'Go on.');
  await create(page);
  await expect(page.getByText('Created.')).toBeVisible();
  const [cron] = await cronsNamed('With memory');
  const thread = await sdk.threads.get(cron?.thread_id ?? '');
  expect(thread.metadata).toMatchObject({ name: 'With memory' });
});

test('a draft survives a reload, half a sentence included', async ({ page }) => {
  await openBuilder(page);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Unfinished');
  await sayWhen(page, 'every weekday at');
  await writeMessage(page, 'Half a thought');
  // Kept a moment after the last key.
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem('crondeck-draft:local:new')))
    .toContain('Half a thought');
  await page.reload();
  await expect(page.getByText('Your draft was kept.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Unfinished');
  await expect(page.getByRole('textbox', { name: 'When it runs, in words' })).toHaveValue('every weekday at');
  await expect(page.getByRole('textbox', { name: 'Message to the agent' })).toHaveValue('Half a thought');
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('');
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('');
});

test('an incomplete form says what is missing beside each field and moves to the first', async ({ page }) => {
  await openBuilder(page);
  await sayWhen(page, 'now and then');
  await create(page);
  await expect(page.getByText('Choose the assistant that should run.')).toBeVisible();
  await expect(page.getByText('Write what the agent should do.')).toBeVisible();
  await expect(page.getByText(/is not understood/)).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Assistant' })).toBeFocused();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'every weekday at 9', exact: true }).click();
  await expect(card(page)).toContainText('Every weekday at 09:00');
});

test('what the server refuses stands beside its field, and nothing typed is lost', async ({ page }) => {
  await openBuilder(page);
  await chooseAssistant(page, 'assistant');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Refused');
  await writeMessage(page, 'Hello');
  await page.getByRole('button', { name: /Configuration, context/ }).click();
  await page.getByRole('textbox', { name: 'Webhook' }).fill('http://127.0.0.1:9/hook');
  await page.getByRole('button', { name: /Configuration, context/ }).click();
  await create(page);
  await expect(page.getByRole('textbox', { name: 'Webhook' })).toBeFocused();
  await expect(page.getByText(/Webhook host blocked/)).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Message to the agent' })).toHaveValue('Hello');
  await page.getByRole('textbox', { name: 'Webhook' }).fill('');
  await create(page);
  await expect(page.getByText('Created.')).toBeVisible();
});

test('a server that does not answer keeps the form, and saving again works', async ({ page }) => {
  await openBuilder(page);
  await chooseAssistant(page, 'assistant');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Patient');
  await writeMessage(page, 'Hello');
  await page.route('**/api/deployments/local/crons', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  );
  await create(page);
  await expect(page.getByRole('alert').filter({ hasText: 'Nothing you typed is lost' })).toBeVisible();
  await page.unroute('**/api/deployments/local/crons');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('Created.')).toBeVisible();
  expect(await cronsNamed('Patient')).toHaveLength(1);
});

test('a trial streams the answer beside the form, and can be stopped', async ({ page }) => {
  await openBuilder(page);
  await chooseAssistant(page, 'assistant');
  await writeMessage(page, 'Are you there?');
  await page.getByRole('button', { name: 'Try it now' }).click();
  await expect(page.getByRole('region', { name: 'Answer' })).toContainText('Are you there?');
  await expect(page.getByText(/Done in/)).toBeVisible();
  await expectAccessible(page);
  await chooseAssistant(page, 'slow');
  await writeInput(page, '{"seconds": 30}');
  await page.getByRole('button', { name: 'Run again' }).click();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByText(/Stopped after/)).toBeVisible();
});

test('the same cron stands there as code', async ({ page }) => {
  await openBuilder(page);
  await chooseAssistant(page, 'assistant');
  await sayWhen(page, 'every day at 7');
  await writeMessage(page, 'Good morning');
  await page.getByRole('tab', { name: 'As code' }).click();
  const code = page.getByRole('region', { name: 'Code' });
  await expect(code).toContainText('client.crons.create(');
  await expect(code).toContainText('schedule="0 7 * * *"');
  await page.getByRole('radio', { name: 'curl' }).click();
  await expect(code).toContainText('/runs/crons');
  await expectAccessible(page);
});

test('the four faces show one schedule, and say so where they cannot', async ({ page }) => {
  await openBuilder(page);
  await page.getByRole('tab', { name: 'Pick' }).click();
  await page.getByRole('combobox', { name: 'How often' }).click();
  await page.getByRole('option', { name: 'Monthly, on the last day' }).click();
  await page.getByRole('tab', { name: 'Expression' }).click();
  await expect(page.getByRole('textbox', { name: 'Cron expression' })).toHaveValue('0 9 L * *');
  await page.getByRole('tab', { name: 'In words' }).click();
  await expect(page.getByRole('textbox', { name: 'When it runs, in words' })).toHaveValue(
    'last day of the month at 09:00',
  );
  await page.getByRole('tab', { name: 'Fields' }).click();
  await page.getByRole('button', { name: 'Hours: 17' }).click();
  await expect(card(page)).toContainText('0 9,17 L * *');
  await expectAccessible(page);
  await page.getByRole('tab', { name: 'Pick' }).click();
  await expect(page.getByText('says more than can be picked here')).toBeVisible();
  await writeExpression(page, '0 9 * * * 30');
  await page.getByRole('tab', { name: 'Fields' }).click();
  await expect(page.getByText('cannot be shown as fields')).toBeVisible();
});

test('a time that the clocks skip is told with its date and a way out', async ({ page }) => {
  await openBuilder(page);
  await chooseZone(page, 'berlin', /Berlin/);
  await writeExpression(page, '30 2 * * *');
  await expect(card(page)).toContainText('Once a year the clocks skip this time.');
  await expect(card(page)).toContainText('Once a year this time comes twice.');
  await card(page).getByRole('button', { name: 'An hour later' }).first().click();
  await expect(card(page)).not.toContainText('the clocks skip this time');
  await expect(page.getByRole('textbox', { name: 'Cron expression' })).toHaveValue('30 3 * * *');
});

test('the keyboard alone is enough', async ({ page }) => {
  await openBuilder(page);
  await page.getByRole('combobox', { name: 'Assistant' }).focus();
  await page.keyboard.type('assistant');
  await expect(page.getByRole('option', { name: 'assistant', exact: true })).toBeVisible();
  await page.keyboard.press('Enter');
  const reach = async (name: string | RegExp, role: 'textbox' | 'button' | 'radio') => {
    const wanted = page.getByRole(role, { name, exact: role !== 'radio' });
    for (let presses = 0; presses < 40; presses++) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not reach ${String(name)}.`);
  };
  await reach('Name', 'textbox');
  await page.keyboard.type('By keyboard');
  await reach('When it runs, in words', 'textbox');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('every hour');
  await reach(/each run, kept(?! until)/, 'radio');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await reach('Message to the agent', 'textbox');
  await page.keyboard.type('Hello');
  await reach('Create cron', 'button');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Created.')).toBeVisible();
  expect((await cronsNamed('By keyboard'))[0]).toMatchObject({
    schedule: '0 * * * *',
    on_run_completed: 'delete',
  });
});
