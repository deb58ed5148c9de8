import { expect, test, type Page, type TestInfo } from '@playwright/test';
import {
  chooseAssistant,
  chooseZone,
  cronsNamed,
  openBuilder,
  sayWhen,
  writeMessage,
} from './support/builder';
import { deleteAllCrons, sdk } from './support/local-deployment';
import { takeOption } from './support/take-option';

/**
 * Five tasks for a person who knows no cron. Read a task out, say nothing else, and watch where they stop. Here a
 * program walks the straightest way through each and takes a picture at every step.
 */
const tasks = [
  'Every weekday at nine in Berlin, have the assistant summarise the news. You want to read the results later.',
  'Twice a day, at nine and at half past five, make a digest about Berlin. Nobody reads old ones.',
  'On the last day of each month, five to midnight in New York, go on in the conversation called "Accounts".',
  'The morning news should come at eight from now on, and stop at the end of 2030.',
  'Make a second morning news for the team in Tokyo, but do not let it run yet.',
] as const;

test.describe.configure({ mode: 'serial' });
test.beforeAll(deleteAllCrons);
test.afterAll(deleteAllCrons);

async function picture(page: Page, info: TestInfo, step: string): Promise<void> {
  await info.attach(step, { body: await page.screenshot({ fullPage: true }), contentType: 'image/png' });
}

test(tasks[0], async ({ page }, info) => {
  await openBuilder(page);
  await picture(page, info, '1 the empty form');
  await chooseAssistant(page, 'assistant');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Morning news');
  await sayWhen(page, 'every weekday at nine');
  await chooseZone(page, 'Berlin', /Berlin/);
  await picture(page, info, '2 who and when');
  await page.getByRole('radio', { name: /each run, kept(?! until)/ }).click();
  await writeMessage(page, 'Summarise the news.');
  await picture(page, info, '3 where and what');
  await page.getByRole('button', { name: 'Create cron' }).click();
  await expect(page.getByText(/It will first run in/)).toBeVisible();
  await picture(page, info, '4 created');
  expect(await cronsNamed('Morning news')).toMatchObject([
    { schedule: '0 9 * * 1-5', timezone: 'Europe/Berlin', on_run_completed: 'keep' },
  ]);
});

test(tasks[1], async ({ page }, info) => {
  test.setTimeout(180_000);
  await openBuilder(page);
  await chooseAssistant(page, 'digest');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Berlin digest');
  await sayWhen(page, 'every day at 9 and 17:30');
  await picture(page, info, '1 two crons from one sentence');
  await page.getByRole('radio', { name: 'A new thread each run, deleted afterwards' }).click();
  await page.getByRole('button', { name: 'Fill in its form' }).click({ timeout: 90_000 });
  await page.getByRole('textbox', { name: /^topic/ }).fill('Berlin');
  await picture(page, info, '2 the form of the assistant');
  await page.getByRole('button', { name: 'Create cron' }).click();
  await expect(page.getByText('2 crons created.')).toBeVisible();
  await picture(page, info, '3 both in the list');
  const crons = await cronsNamed('Berlin digest');
  expect(crons.map((cron) => cron.schedule)).toEqual(['0 9 * * *', '30 17 * * *']);
  expect(crons.map((cron) => cron.on_run_completed)).toEqual(['delete', 'delete']);
});

test(tasks[2], async ({ page }, info) => {
  const thread = await sdk.threads.create({ metadata: { title: 'Accounts' } });
  await openBuilder(page);
  await chooseAssistant(page, 'assistant');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Month end');
  await sayWhen(page, 'last day of the month at 23:55');
  await chooseZone(page, 'New York', /New.York/);
  await page.getByRole('radio', { name: 'A thread that exists' }).click();
  await page.getByRole('combobox', { name: 'Thread' }).fill('Accounts');
  await picture(page, info, '1 finding the conversation');
  await takeOption(page.getByRole('option', { name: /Accounts/ }).first());
  await writeMessage(page, 'Close the month.');
  await page.getByRole('button', { name: 'Create cron' }).click();
  await expect(page.getByText('Created.')).toBeVisible();
  await picture(page, info, '2 created');
  expect(await cronsNamed('Month end')).toMatchObject([
    { schedule: '55 23 L * *', timezone: 'America/New_York', thread_id: thread.thread_id },
  ]);
});

test(tasks[3], async ({ page }, info) => {
  const [cron] = await cronsNamed('Morning news');
  await openBuilder(page, `/local/crons/${cron?.cron_id}/edit`);
  await sayWhen(page, 'every weekday at eight');
  await page.getByRole('textbox', { name: 'Ends' }).fill('2030-12-31T23:59');
  await picture(page, info, '1 changed');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Save these changes?' });
  await expect(dialog.getByRole('rowheader')).toHaveText(['Schedule', 'Ends']);
  await picture(page, info, '2 what will change');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  expect(await cronsNamed('Morning news')).toMatchObject([
    { cron_id: cron?.cron_id, schedule: '0 8 * * 1-5' },
  ]);
});

test(tasks[4], async ({ page }, info) => {
  const [cron] = await cronsNamed('Morning news');
  await openBuilder(page, `/local/crons/new?from=${cron?.cron_id}`);
  await picture(page, info, '1 the copy');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Morning news, Tokyo');
  await chooseZone(page, 'Tokyo', /Tokyo/);
  await page.getByRole('button', { name: 'Create cron' }).click();
  await expect(page.getByText('It is paused.', { exact: true })).toBeVisible();
  await picture(page, info, '2 paused');
  expect(await cronsNamed('Morning news, Tokyo')).toMatchObject([{ enabled: false, timezone: 'Asia/Tokyo' }]);
});
