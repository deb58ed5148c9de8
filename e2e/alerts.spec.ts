import { createHmac } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { deleteAllCrons, firingsOf, sdk } from './support/local-deployment';
import { startMailServer, startReceiver } from './support/receivers';

test.describe.configure({ mode: 'serial' });

/** So that nobody waits long for a failure. */
const everyTenSeconds = '* * * * * */10';

let receiver: Awaited<ReturnType<typeof startReceiver>>;
let mail: Awaited<ReturnType<typeof startMailServer>>;
let secret = '';

test.beforeAll(async () => {
  await deleteAllCrons();
  receiver = await startReceiver(Number(process.env.CRONDECK_E2E_RECEIVER_PORT));
  mail = await startMailServer(Number(process.env.CRONDECK_E2E_MAIL_PORT));
});
test.afterAll(async () => {
  await deleteAllCrons();
  await Promise.all([receiver.close(), mail.close()]);
});

const addDialog = (page: Page) => page.getByRole('dialog', { name: 'Add a destination' });
const destination = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Destinations' }).getByRole('listitem', { name });
const log = (page: Page) => page.getByRole('list', { name: 'What was sent' }).getByRole('listitem');

async function add(page: Page, kind: RegExp, label: string, address: string, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a destination' }).click();
  const dialog = addDialog(page);
  await dialog.getByRole('radio', { name: kind }).click();
  await dialog.getByLabel(label).fill(address);
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
}

test('from the settings somebody adds a webhook, gives its secret to the receiver, and a signed test arrives', async ({
  page,
}) => {
  await page.goto('/local/settings');
  await page.getByRole('link', { name: 'Set up alerts' }).click();
  await expect(page.getByRole('heading', { name: 'Alerts', level: 1 })).toBeVisible();
  await expect(page.getByText('Nobody is told yet')).toBeVisible();
  await expectAccessible(page);

  await add(page, /^Webhook/, 'Address', receiver.url, 'On call');
  const dialog = page.getByRole('dialog', { name: 'On call was added' });
  secret = (await dialog.getByText(/^whsec_/).textContent()) ?? '';
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Done' }).click();

  await destination(page, 'On call').getByRole('button', { name: 'Send a test' }).click();
  await expect(destination(page, 'On call').getByRole('status')).toContainText('accepted the test');
  const [{ headers, body } = { headers: {}, body: '' }] = receiver.got;
  const signed = createHmac('sha256', secret)
    .update(`${String(headers['crondeck-timestamp'])}.${body}`)
    .digest('hex');
  expect(headers['crondeck-signature']).toBe(`v1=${signed}`);
  expect(JSON.parse(body)).toMatchObject({ kind: 'test' });
  await expect(log(page)).toContainText(['Sent']);
  await expectAccessible(page);
});

test('the secret is shown again to who asks, and is not in the page before', async ({ page }) => {
  await page.goto('/local/settings/alerts');
  await expect(destination(page, 'On call')).toBeVisible();
  expect(await page.content()).not.toContain(secret);
  await page.getByRole('button', { name: 'Show the signing secret of On call' }).click();
  await expect(page.getByText(secret)).toBeVisible();
});

test('somebody is renamed and told only some things; a new secret signs what is sent from then on', async ({
  page,
}) => {
  await page.goto('/local/settings/alerts');
  await page.getByRole('button', { name: 'Change On call' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change On call' });
  await dialog.getByLabel('Name').fill('Night shift');
  await dialog.getByRole('radio', { name: /^Only some things/ }).click();
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
  await dialog.getByRole('checkbox', { name: 'A cron fails' }).click();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(destination(page, 'Night shift')).toContainText('Only: a cron fails');
  await expect(page.getByText('Nobody hears of it').first()).toBeVisible();

  await page.getByRole('button', { name: 'Show the signing secret of Night shift' }).click();
  await page.getByRole('button', { name: 'Make a new one' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Make a new one' }).click();
  const shown = destination(page, 'Night shift').getByText(/^whsec_/);
  await expect(shown).not.toHaveText(secret);
  const renewed = (await shown.textContent()) ?? '';
  await destination(page, 'Night shift').getByRole('button', { name: 'Send a test' }).click();
  await expect(destination(page, 'Night shift').getByText('The receiver accepted the test.')).toBeVisible();
  const { headers, body } = receiver.got.at(-1) ?? { headers: {}, body: '' };
  const signed = createHmac('sha256', renewed)
    .update(`${String(headers['crondeck-timestamp'])}.${body}`)
    .digest('hex');
  expect(headers['crondeck-signature']).toBe(`v1=${signed}`);

  await page.goto('/local/activity');
  await expect(page.getByRole('listitem').filter({ hasText: 'signed with a new secret' })).toBeVisible();
  await page.getByRole('button', { name: /alerts to “On call” changed/ }).click();
  await expect(page.getByText('Night shift', { exact: true })).toBeVisible();
  await expectAccessible(page);

  await page.goto('/local/settings/alerts');
  await page.getByRole('button', { name: 'Change Night shift' }).click();
  await page.getByLabel('Name').fill('On call');
  await page.getByRole('radio', { name: /^Everything/ }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(destination(page, 'On call')).not.toContainText('Only:');
});

test('an e-mail arrives at the mail server; what cannot be sent says why', async ({ page }) => {
  await page.goto('/local/settings/alerts');
  await add(page, /^E-mail/, 'E-mail address', 'ops@example.com', 'Operations');
  await destination(page, 'Operations').getByRole('button', { name: 'Send a test' }).click();
  await expect(destination(page, 'Operations').getByRole('status')).toContainText('took the test');
  expect(mail.got).toMatchObject([{ from: 'crondeck@example.com', to: ['ops@example.com'] }]);

  await add(page, /^Slack/, 'Address of the incoming webhook', 'http://localhost:1/hook', '');
  await expect(addDialog(page)).toContainText('CRONDECK_ALERT_HOSTS');
  await page.getByRole('button', { name: 'Cancel' }).click();

  receiver.statuses.push(503);
  await destination(page, 'On call').getByRole('button', { name: 'Send a test' }).click();
  await expect(destination(page, 'On call').getByRole('status')).toContainText('It answered 503');
  await expect(log(page).first()).toContainText('Failed');
});

test('what people are told about, and the quiet hours, stay as they were set', async ({ page }) => {
  await page.goto('/local/settings/alerts');
  const budget = page.getByRole('switch', { name: /A budget is passed/ });
  await budget.click();
  await expect(budget).not.toBeChecked();
  await page.getByRole('combobox', { name: 'When a failing cron is told' }).click();
  await page.getByRole('option', { name: 'at the first failure' }).click();
  await expect(page.getByRole('combobox', { name: 'When a failing cron is told' })).toContainText('first');
  // An hour that is not now, so that the next flow is not quiet.
  const hour = (new Date().getUTCHours() + 12) % 24;
  const clock = (hours: number) => `${String(hours % 24).padStart(2, '0')}:00`;
  await page.getByRole('switch', { name: /Send nothing at certain hours/ }).click();
  await page.getByLabel('From').fill(clock(hour));
  await page.getByLabel('To', { exact: true }).fill(clock(hour + 1));
  await page.getByRole('button', { name: 'Save quiet hours' }).click();
  await expect(page.getByRole('button', { name: 'Save quiet hours' })).toBeEnabled();
  await expect
    .poll(async () => {
      await page.reload();
      await expect(page.getByRole('switch', { name: /Send nothing at certain hours/ })).toBeVisible();
      return page
        .getByLabel('From')
        .inputValue({ timeout: 1_000 })
        .catch(() => null);
    })
    .toBe(clock(hour));
  await expect(page.getByRole('switch', { name: /A budget is passed/ })).not.toBeChecked();
  await expect(page.getByRole('combobox', { name: 'When a failing cron is told' })).toContainText('first');
});

test('a cron that fails again and again is one message to each destination', async ({ page }) => {
  test.setTimeout(420_000);
  const before = { hooks: receiver.got.length, mails: mail.got.length };
  const made = await sdk.crons.create('flaky', {
    schedule: everyTenSeconds,
    input: { pattern: 'F' },
    metadata: { name: 'Price watch' },
  });
  const cronId = String((made as { cron_id?: string }).cron_id);
  await expect.poll(() => receiver.got.length, { timeout: 200_000 }).toBe(before.hooks + 1);
  expect(JSON.parse(receiver.got.at(-1)?.body ?? '')).toMatchObject({
    kind: 'alert',
    title: 'Price watch is failing',
    groups: [{ state: 'open', rule: 'failing', items: [{ cronId, name: 'Price watch' }] }],
  });
  await expect.poll(() => mail.got.length).toBe(before.mails + 1);
  expect(mail.got.at(-1)?.data).toContain('Price watch is failing');

  await page.goto('/local/settings/alerts');
  await expect(page.getByRole('list', { name: 'Open alerts' })).toContainText('Price watch is failing');
  await expect(log(page).first()).toContainText('Price watch is failing');
  await expectAccessible(page);
  const failures = async () => (await firingsOf(cronId)).filter(({ status }) => status === 'error').length;
  const now = await failures();
  await expect.poll(failures, { timeout: 90_000 }).toBeGreaterThan(now);
  expect([receiver.got.length, mail.got.length]).toEqual([before.hooks + 1, before.mails + 1]);
});

test('on a phone nothing runs off the side', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/local/settings/alerts');
  await expect(destination(page, 'On call')).toBeVisible();
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(beyond).toBeLessThanOrEqual(0);
  await expectAccessible(page);
});

test('who is taken off is told nothing more', async ({ page }) => {
  await page.goto('/local/settings/alerts');
  for (const name of ['On call', 'Operations']) {
    await page.getByRole('button', { name: `Remove ${name}` }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await expect(destination(page, name)).toHaveCount(0);
  }
  await expect(page.getByText('Nobody is told yet')).toBeVisible();
});
