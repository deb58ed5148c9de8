import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import {
  chooseAssistant,
  chooseZone,
  cronsNamed,
  openBuilder,
  sayWhen,
  type StoredCron,
} from './support/builder';
import { deleteAllCrons, sdk } from './support/local-deployment';

test.beforeEach(deleteAllCrons);
test.afterAll(deleteAllCrons);

async function aCron(
  part: Parameters<typeof sdk.crons.create>[1] = { schedule: '0 9 * * 1-5' },
): Promise<string> {
  const { cron_id: id } = await sdk.crons.create('assistant', {
    input: { messages: [{ role: 'user', content: 'Before' }] },
    metadata: { name: 'Edited', owner: 'ops' },
    timezone: 'Europe/Berlin',
    onRunCompleted: 'delete',
    ...part,
  });
  return id;
}
const edit = (page: Page, id: string) => openBuilder(page, `/local/crons/${id}/edit`);
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true });
async function stored(name: string): Promise<StoredCron> {
  const [cron] = await cronsNamed(name);
  if (!cron) throw new Error(`There is no cron called ${name}.`);
  return cron;
}

test('opened and saved unchanged sends no change', async ({ page }) => {
  const id = await aCron();
  const before = await stored('Edited');
  await edit(page, id);
  const changes: string[] = [];
  page.on('request', (request) => request.method() !== 'GET' && changes.push(request.method()));
  await save(page).click();
  await expect(page.getByText('Nothing was changed.')).toBeVisible();
  expect(changes).toEqual([]);
  expect(await stored('Edited')).toEqual(before);
});

test('every field can be changed, is shown before and after, and is stored', async ({ page }) => {
  const id = await aCron();
  await edit(page, id);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Changed');
  await page.getByRole('button', { name: 'Add a description or tags' }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill('Who reads it');
  await page.getByRole('textbox', { name: 'Tags', exact: true }).fill('news');
  await page.getByRole('textbox', { name: 'Tags', exact: true }).press('Enter');
  await sayWhen(page, 'every day at 6:30');
  await chooseZone(page, 'tokyo', /Tokyo/);
  await page.getByRole('textbox', { name: 'Ends' }).fill('2030-01-31T18:00');
  await page.getByRole('switch', { name: /Paused/ }).click();
  await page.getByRole('radio', { name: /each run, kept(?! until)/ }).click();
  await page.getByRole('textbox', { name: 'Message to the agent' }).fill('After');
  await page.getByRole('button', { name: /Configuration, context/ }).click();
  await page.getByRole('textbox', { name: 'Configuration' }).fill('{"model": "large"}');
  await page.getByRole('textbox', { name: 'Other metadata' }).fill('{"owner": "desk"}');
  await page.getByRole('textbox', { name: 'Webhook' }).fill('https://1.1.1.1/hook');
  await page.getByRole('textbox', { name: 'Step limit' }).fill('12');
  await page.getByRole('textbox', { name: 'Run tags' }).fill('nightly,');
  await page.getByRole('checkbox', { name: 'every node' }).first().click();
  await page.getByRole('combobox', { name: 'When state is saved' }).click();
  await page.getByRole('option', { name: /^Before each step/ }).click();
  await page.getByRole('checkbox', { name: 'updates' }).click();
  await page.getByRole('switch', { name: 'Stream subgraphs too' }).click();
  await page.getByRole('switch', { name: /Resumable stream/ }).click();
  await expectAccessible(page);

  await save(page).click();
  const dialog = page.getByRole('dialog', { name: 'Save these changes?' });
  for (const row of [
    'Name',
    'Schedule',
    'Time zone',
    'Ends',
    'Paused',
    'Thread',
    'Input',
    'Configuration',
    'Webhook',
    'Step limit',
  ])
    await expect(dialog.getByRole('rowheader', { name: row, exact: true })).toBeVisible();
  await expect(dialog).toContainText('0 9 * * 1-5');
  await expect(dialog).toContainText('30 6 * * *');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();

  const cron = await stored('Changed');
  expect(cron).toMatchObject({
    cron_id: id,
    schedule: '30 6 * * *',
    timezone: 'Asia/Tokyo',
    enabled: false,
    on_run_completed: 'keep',
    metadata: { name: 'Changed', description: 'Who reads it', tags: ['news'], owner: 'desk' },
    payload: {
      input: { messages: [{ role: 'user', content: 'After' }] },
      config: { configurable: { model: 'large' }, tags: ['nightly'], recursion_limit: 12 },
      webhook: 'https://1.1.1.1/hook',
      interrupt_before: '*',
      durability: 'sync',
      stream_mode: ['updates'],
      stream_subgraphs: true,
      stream_resumable: true,
    },
  });
  expect(Date.parse(cron.end_time ?? '')).toBe(Date.UTC(2030, 0, 31, 9));
});

test('what cannot be changed in place is replaced: the new cron first, then the old one goes', async ({
  page,
}) => {
  const id = await aCron();
  await edit(page, id);
  await chooseAssistant(page, 'flaky');
  await save(page).click();
  const dialog = page.getByRole('dialog', { name: 'Replace the cron?' });
  await expect(dialog).toContainText('The assistant of a cron cannot be changed in place.');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Replace it' }).click();
  await expect(page.getByText('Replaced.')).toBeVisible();
  const crons = await cronsNamed('Edited');
  expect(crons).toHaveLength(1);
  expect(crons[0]?.cron_id).not.toBe(id);
  expect(crons[0]?.metadata).toMatchObject({ owner: 'ops' });
});

test('a copy is paused and carries everything but the identity', async ({ page }) => {
  const id = await aCron({ schedule: '5 4 * * *', webhook: 'https://1.1.1.1/hook' });
  await openBuilder(page, `/local/crons/new?from=${id}`);
  await expect(page.getByText('This copy is paused')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Edited (copy)');
  await page.getByRole('button', { name: 'Create cron' }).click();
  await expect(page.getByText('Created.')).toBeVisible();
  const copy = await stored('Edited (copy)');
  expect(copy).toMatchObject({
    enabled: false,
    schedule: '5 4 * * *',
    payload: { webhook: 'https://1.1.1.1/hook' },
  });
  expect(copy.cron_id).not.toBe(id);
});

test("a colleague's change to the same field is shown before it is overwritten", async ({ page }) => {
  const id = await aCron();
  await edit(page, id);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Mine');
  await sdk.crons.update(id, { metadata: { name: 'Theirs' } });
  await save(page).click();
  const dialog = page.getByRole('dialog', { name: 'Save these changes?' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toContainText('Somebody else changed the same fields meanwhile: Name.');
  await expect(dialog.getByRole('cell', { name: 'Theirs' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Save mine anyway' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await stored('Mine');
});

test('a cron that was deleted meanwhile leaves the form as it is', async ({ page }) => {
  const id = await aCron();
  await edit(page, id);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Too late');
  await sdk.crons.delete(id);
  await save(page).click();
  const dialog = page.getByRole('dialog', { name: 'Save these changes?' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Nothing you typed is lost');
  await dialog.getByRole('button', { name: 'Go on editing' }).click();
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Too late');
});

test('unsaved changes of an edit survive a reload', async ({ page }) => {
  const id = await aCron();
  await edit(page, id);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Not yet');
  await expect
    .poll(() => page.evaluate((key) => localStorage.getItem(key), `crondeck-draft:local:edit:${id}`))
    .toContain('Not yet');
  await page.reload();
  await expect(page.getByText('Your unsaved changes were kept.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Not yet');
  await page.getByRole('button', { name: 'Start from what is stored' }).click();
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Edited');
});
