import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { deleteAllCrons, firingsOf, sdk } from './support/local-deployment';
import { takeOption } from './support/take-option';

test.describe.configure({ mode: 'serial' });
test.beforeAll(deleteAllCrons);
test.afterAll(deleteAllCrons);

test('an empty deployment offers three examples, and they appear in words', async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveURL(/\/local\/crons$/);
  await expect(page).toHaveTitle(/Crondeck/);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Add three examples' }).click();
  await expect(
    page.getByRole('table', { name: 'Crons' }).getByRole('checkbox', { name: /^Select (?!all)/ }),
  ).toHaveCount(3);
  await expect(page.getByText('Every 2 minutes')).toBeVisible();
  await expectAccessible(page);
});

test('somebody makes a cron in the form, sees it fire on the Agent Server, and deletes it', async ({
  page,
}) => {
  test.setTimeout(150_000);
  await page.goto('/local/crons');
  await page.getByRole('link', { name: 'New cron' }).first().click();
  await expect(page.getByRole('heading', { name: 'New cron', level: 1 })).toBeVisible();
  await page.getByRole('combobox', { name: 'Assistant' }).click();
  await takeOption(page.getByRole('option', { name: 'assistant', exact: true }));
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Minute by minute');
  await page.getByRole('tab', { name: 'Expression' }).click();
  await page.getByRole('textbox', { name: 'Cron expression' }).fill('* * * * *');
  await expect(page.getByRole('complementary', { name: 'What it will do' })).toContainText('Every minute');
  await page.getByRole('textbox', { name: 'Message to the agent' }).fill('What is new?');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Create cron' }).click();

  await expect(page).toHaveURL(/\/local\/crons\/[0-9a-f-]{36}$/);
  const cronId = page.url().split('/').at(-1) ?? '';
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Every minute');
  await expectAccessible(page);

  await expect
    .poll(async () => (await firingsOf(cronId)).filter((firing) => firing.status === 'success').length, {
      timeout: 90_000,
    })
    .toBeGreaterThan(0);
  const [fired] = (await firingsOf(cronId)).filter((firing) => firing.status === 'success');
  expect(fired?.run_id).toMatch(/^[0-9a-f-]{36}$/);

  await page.goto('/local/crons');
  await page.getByRole('button', { name: 'Actions for Minute by minute' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const receipt = page.getByRole('alertdialog', { name: /Delete .Minute by minute/ });
  await expect(receipt).toContainText('runs stopped a month');
  await expect(receipt).toContainText('43,200');
  await expectAccessible(page);
  await receipt.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Actions for Minute by minute' })).toHaveCount(0);
  const ids = async () => (await sdk.crons.search({ limit: 100 })).map((cron) => cron.cron_id);
  await expect.poll(ids).not.toContain(cronId);
});

test('a cron made by a script appears within ten seconds, without a reload', async ({ page }) => {
  await page.goto('/local/crons');
  await expect(page.getByText('Every 2 minutes')).toBeVisible();
  const made = await sdk.crons.create('digest', {
    schedule: '5 4 * * *',
    input: { topic: 'weather', points: ['rain'] },
    metadata: { name: 'From a script' },
  });
  await expect(page.getByRole('link', { name: 'From a script' })).toBeVisible({ timeout: 10_000 });
  await sdk.crons.delete(made.cron_id);
  await expect(page.getByRole('link', { name: 'From a script' })).toHaveCount(0, { timeout: 10_000 });
});

test('pausing and resuming changes the cron on the server', async ({ page }) => {
  const made = await sdk.crons.create('assistant', {
    schedule: '0 5 * * *',
    input: {},
    metadata: { name: 'To pause' },
  });
  await page.goto('/local/crons?q=to+pause');
  const enabled = async () =>
    (await sdk.crons.search({ limit: 100 })).find((cron) => cron.cron_id === made.cron_id)?.enabled;
  for (const [item, expected] of [
    ['Pause', false],
    ['Resume', true],
  ] as const) {
    await page.getByRole('button', { name: 'Actions for To pause' }).click();
    await page.getByRole('menuitem', { name: item, exact: true }).click();
    await expect.poll(enabled).toBe(expected);
  }
});

test('running once now makes a run and leaves the schedule alone', async ({ page }) => {
  const thread = await sdk.threads.create();
  const made = await sdk.crons.createForThread(thread.thread_id, 'assistant', {
    schedule: '0 6 * * *',
    input: { messages: [{ role: 'user', content: 'now' }] },
    metadata: { name: 'To run now' },
  });
  await page.goto('/local/crons?q=to+run');
  await page.getByRole('button', { name: 'Actions for To run now' }).click();
  await page.getByRole('menuitem', { name: 'Run once now' }).click();
  await expect.poll(async () => (await sdk.runs.list(thread.thread_id)).length).toBe(1);
  expect(await firingsOf(made.cron_id)).toEqual([]);
});
