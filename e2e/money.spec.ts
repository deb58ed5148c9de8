import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { deleteAllCrons, sdk } from './support/local-deployment';
import { takeOption } from './support/take-option';

/** Calls no model, so nothing can be measured and what was set by hand counts. */
const unmeasured = 'slow';

async function assistantId(graphId: string): Promise<string> {
  const [found] = await sdk.assistants.search({ graphId, limit: 1 });
  if (!found) throw new Error(`the local deployment has no sample assistant ${graphId}`);
  return found.assistant_id;
}

type Wanted = {
  readonly name: string;
  readonly schedule?: string;
  readonly task?: string;
  readonly graphId?: string;
  readonly afterRun?: 'keep' | 'delete';
};

async function makeCron(wanted: Wanted): Promise<string> {
  const { name, schedule = '0 9 * * *', task = name, graphId = 'assistant', afterRun = 'keep' } = wanted;
  const made = await sdk.crons.create(await assistantId(graphId), {
    schedule,
    input: { messages: [{ role: 'user', content: task }], seconds: 0 },
    metadata: { name, owner: 'e2e' },
    onRunCompleted: afterRun,
  });
  return made.cron_id;
}

async function makeMany(count: number, name: (number: number) => string): Promise<void> {
  const numbers = Array.from({ length: count }, (_, number) => number);
  const workers = Array.from({ length: 10 }, async () => {
    for (let number = numbers.pop(); number !== undefined; number = numbers.pop())
      await makeCron({ name: name(number), schedule: '0 3 1 * *' });
  });
  await Promise.all(workers);
}

async function countCrons(enabled?: boolean): Promise<number> {
  const filter = enabled === undefined ? {} : { enabled };
  return (await sdk.crons.search({ ...filter, limit: 1000, select: ['cron_id'] })).length;
}

async function deploymentHome(page: Page): Promise<string> {
  await page.goto('/');
  await page.waitForURL(/\/crons/);
  return new URL(page.url()).pathname.replace(/\/crons.*/, '');
}

async function openCrons(page: Page, query = ''): Promise<void> {
  const home = await deploymentHome(page);
  await page.goto(`${home}/crons${query}`);
}

/** Sets what a run of that assistant costs, in the settings, as a person does. */
async function setCostOfRun(page: Page, home: string, amount: string): Promise<void> {
  await page.goto(`${home}/settings`);
  await page.getByRole('button', { name: 'Cost of a run' }).click();
  const line = page.getByRole('group', { name: 'New line' });
  await line.getByRole('combobox').fill(unmeasured);
  await takeOption(page.getByRole('option', { name: new RegExp(`^${unmeasured}`) }).first());
  await page.getByLabel('USD for a run').last().fill(amount);
  await page.getByRole('button', { name: 'Save prices' }).click();
  await expect(page.getByText('Saved')).toBeVisible();
}

test.beforeEach(deleteAllCrons);
test.afterAll(deleteAllCrons);

test('one click deletes a cron after a receipt, and undo makes it again with all it had', async ({
  page,
}) => {
  const every5 = { schedule: '*/5 * * * *', graphId: unmeasured };
  await makeCron({ name: 'Stock monitor', ...every5 });
  await makeCron({ name: 'Stock monitor, night', task: 'another task', ...every5 });
  const home = await deploymentHome(page);
  await setCostOfRun(page, home, '0.01');

  await page.goto(`${home}/crons`);
  const row = page.getByRole('row', { name: /Stock monitor(?!,)/ });
  // Every five minutes for 30 days: 8,640 runs, $86.40 to the cent.
  await expect(row.getByText('$86.40')).toBeVisible();
  await row.getByRole('button', { name: /Stock monitor/ }).click();
  await page.getByRole('menuitem', { name: /Delete/ }).click();
  const receipt = page.getByRole('alertdialog', { name: /Delete “Stock monitor”/ });
  await expect(receipt.getByText('8,640')).toBeVisible();
  await expect(receipt.getByText('about $86.40')).toBeVisible();
  await expect(receipt.getByText(/also runs at these times for “Stock monitor, night”/)).toBeVisible();
  await expectAccessible(page);
  await receipt.getByRole('button', { name: 'Delete' }).click();

  await expect(page.getByText('“Stock monitor” is deleted')).toBeVisible();
  await expect.poll(() => countCrons()).toBe(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('1 cron brought back')).toBeVisible();
  await expect(page.getByText('It has a new id.')).toBeVisible();
  const crons = await sdk.crons.search({ limit: 10 });
  const back = crons.find((cron) => cron.metadata?.['name'] === 'Stock monitor');
  expect(back).toMatchObject({ schedule: '*/5 * * * *', enabled: true, metadata: { owner: 'e2e' } });
  await expect(row).toBeVisible();
});

/** What the sample assistant uses for a task: one token for four characters, the whole answer repeated. */
function costOfRun(task: string): number {
  const reply = `You asked: "${task}". Here is a short answer of the sample assistant: noted, and nothing needs your attention.`;
  const [input, output] = [Math.ceil(task.length / 4), Math.ceil(reply.length / 4)];
  // gpt-4o-mini: 15 cents for a million tokens in, 60 for a million out.
  return (input * 0.15 + output * 0.6) / 1_000_000;
}

test('costs are measured from the runs themselves, to the cent, also where the thread is deleted', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const tasks = { Kept: 'k'.repeat(4_000), Deleted: 'd'.repeat(7_000) };
  const crons = {
    Kept: await makeCron({ name: 'Kept', schedule: '* * * * *', task: tasks.Kept }),
    Deleted: await makeCron({
      name: 'Deleted',
      schedule: '* * * * *',
      task: tasks.Deleted,
      afterRun: 'delete',
    }),
  };
  const home = await deploymentHome(page);
  for (const name of ['Kept', 'Deleted'] as const) {
    // Every minute for 30 days.
    const month = `$${(costOfRun(tasks[name]) * 43_200).toFixed(2)}`;
    await expect(async () => {
      await page.goto(`${home}/crons`);
      const row = page.getByRole('row', { name: new RegExp(`${name}\\b`) });
      await expect(row.getByText(month, { exact: true })).toBeVisible({ timeout: 5_000 });
      await expect(row.getByTitle(/^Measured on .* of its own\./)).toBeVisible();
    }).toPass({ timeout: 150_000 });
    await page.goto(`${home}/crons/${crons[name]}`);
    const panel = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Cost' }) });
    await expect(panel.getByText(month, { exact: true })).toBeVisible();
    await expect(panel.getByText(/^Measured on .* of its own\./)).toBeVisible();
    await expect(panel.getByText('next 30 days, 43,200 runs')).toBeVisible();
  }
  await expectAccessible(page);
});

test('threads that are kept until measured are read, and shown before they are deleted', async ({ page }) => {
  test.setTimeout(240_000);
  const cronId = await makeCron({ name: 'Short-lived', schedule: '* * * * * */10' });
  const home = await deploymentHome(page);
  await page.goto(`${home}/crons/${cronId}/edit`);
  await page.getByRole('radio', { name: /kept until measured/ }).click();
  await expect(page.getByLabel('Days until a measured thread is deleted')).toHaveValue('7');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /Save/ }).click();
  await expect(page).toHaveURL(new RegExp(`/crons/${cronId}$`));
  await expect(page.getByText('a new one each run, deleted 7 days after it was measured')).toBeVisible();

  await page.goto(`${home}/settings`);
  const next = page.getByRole('region', { name: /^Deleted next/ });
  await expect(next.getByRole('link', { name: 'Short-lived' }).first()).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText(/runs? measured\./)).toBeVisible();
  await expectAccessible(page);
});

test('cleanup finds the copies of a cron, and deletes them but not the original', async ({ page }) => {
  for (let copy = 0; copy < 3; copy += 1) await makeCron({ name: 'Competitor watch', task: 'the same task' });
  await makeCron({ name: 'Something else' });
  const original = (await sdk.crons.search({ limit: 10, sortBy: 'created_at', sortOrder: 'asc' }))[0];
  const home = await deploymentHome(page);
  await page.goto(`${home}/cleanup`);

  const card = page.getByRole('region', { name: /Duplicates/ });
  await expect(card.getByRole('listitem')).toHaveCount(2);
  // Nothing else was planted, so nothing else may be found.
  await expect(page.getByRole('region', { name: /^(?!Work|Notif).*\d$/ })).toHaveCount(1);
  await expect(page.getByRole('link', { name: /Cleanup.*2/ }).first()).toBeVisible();
  await expectAccessible(page);

  await card.getByRole('button', { name: 'Delete 2' }).click();
  const receipt = page.getByRole('alertdialog', { name: 'Delete 2 crons?' });
  await expect(receipt.getByText('runs stopped a month')).toBeVisible();
  await receipt.getByRole('button', { name: 'Delete 2' }).click();
  await expect(page.getByText('2 crons deleted')).toBeVisible();
  await expect(page.getByText('Nothing to clean up')).toBeVisible();
  const left = await sdk.crons.search({ limit: 10 });
  expect(left.map((cron) => cron.cron_id)).toContain(original?.cron_id);
  expect(left).toHaveLength(2);

  await page.goto(`${home}/activity`);
  await page.getByRole('button', { name: 'Restore: Deleted 2 crons matching duplicate' }).click();
  await expect(page.getByText('2 crons brought back')).toBeVisible();
  await expect.poll(() => countCrons()).toBe(4);
  await expectAccessible(page);
});

test('changes 500 crons as a job that can be watched, stopped and undone', async ({ page }) => {
  test.setTimeout(240_000);
  await makeMany(500, (number) => `Bulk ${number}`);
  await makeCron({ name: 'Not meant' });
  await openCrons(page, '?q=bulk');
  await expect(page.getByText('500 of 501 crons')).toBeVisible();
  await page.getByRole('checkbox', { name: /Select all/ }).click();
  const bar = page.getByRole('region', { name: 'Selection' });
  await expect(bar.getByText('500 selected')).toBeVisible();
  await bar.getByRole('button', { name: 'Delete' }).click();
  const receipt = page.getByRole('alertdialog', { name: 'Delete 500 crons?' });
  const confirm = receipt.getByRole('button', { name: 'Delete 500' });
  await expect(confirm).toBeDisabled();
  await receipt.getByLabel('Type 500 to confirm').fill('500');
  await expectAccessible(page);
  await confirm.click();

  const work = page.getByRole('region', { name: 'Work in progress' });
  await expect(work.getByText('Deleting 500 crons')).toBeVisible();
  await work.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText(/crons? deleted/)).toBeVisible({ timeout: 60_000 });
  const left = await countCrons();
  expect(left).toBeGreaterThan(1);
  await expect(page.getByText(`${500 - (left - 1)} crons deleted`)).toBeVisible();
  await expect(page.getByText(`${left - 1} left as before.`)).toBeVisible();

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => countCrons(), { timeout: 90_000 }).toBe(501);
  await expect(page.getByText('500 of 501 crons')).toBeVisible({ timeout: 30_000 });
});

test('tells what has changed in a selection instead of acting on something that was not seen', async ({
  page,
}) => {
  await makeCron({ name: 'Batch one' });
  await makeCron({ name: 'Batch two' });
  await openCrons(page, '?q=batch');
  await page.getByRole('checkbox', { name: /Select all/ }).click();
  await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Delete' }).click();
  const receipt = page.getByRole('alertdialog', { name: 'Delete 2 crons?' });
  await expect(receipt.getByText('runs stopped a month')).toBeVisible();
  await makeCron({ name: 'Batch three' });
  await receipt.getByRole('button', { name: 'Delete 2' }).click();

  const changed = page.getByRole('alertdialog', { name: 'The selection has changed' });
  await expect(changed.getByText('Batch three')).toBeVisible();
  expect(await countCrons()).toBe(3);
  await expectAccessible(page);
  await changed.getByRole('button', { name: 'Go on with 3' }).click();
  await expect(page.getByText('3 crons deleted')).toBeVisible();
  await expect.poll(() => countCrons()).toBe(0);
});

test('pauses everything and restores exactly what was active', async ({ page }) => {
  for (const name of ['One', 'Two', 'Three']) await makeCron({ name });
  const [first] = await sdk.crons.search({ limit: 1 });
  if (!first) throw new Error('no cron was made');
  await sdk.crons.update(first.cron_id, { enabled: false });
  const home = await deploymentHome(page);
  await page.goto(`${home}/cleanup`);
  await page.getByRole('button', { name: 'Pause everything' }).click();
  const receipt = page.getByRole('alertdialog', { name: 'Pause everything?' });
  await expectAccessible(page);
  await receipt.getByRole('button', { name: 'Pause 2 crons' }).click();
  await expect(page.getByText('Everything is paused.')).toBeVisible();
  await expect.poll(() => countCrons(true)).toBe(0);
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Restore now' }).click();
  await expect(page.getByRole('button', { name: 'Pause everything' })).toBeVisible();
  await expect.poll(() => countCrons(true)).toBe(2);
  const after = await sdk.crons.search({ limit: 10 });
  expect(after.find((cron) => cron.cron_id === first.cron_id)).toMatchObject({ enabled: false });
});
