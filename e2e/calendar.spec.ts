import { expect, test } from '@playwright/test';
import ical from 'node-ical';
import { expectAccessible } from './support/axe';
import { deleteAllCrons, sdk } from './support/local-deployment';

test.describe.configure({ mode: 'serial' });

const zone = 'Europe/Berlin';
const briefs = 12;
const untilNextRunMs = 90_000;
let brief = '';
let watch = '';

test.beforeAll(async () => {
  await deleteAllCrons();
  const make = async (assistant: string, schedule: string, name: string, input: Record<string, unknown>) => {
    const made = await sdk.crons.create(assistant, { schedule, input, metadata: { name }, timezone: zone });
    return String((made as { cron_id?: string }).cron_id);
  };
  for (let number = 1; number <= briefs; number += 1)
    brief = await make('flaky', '0 9 * * *', `Morning brief ${number}`, { pattern: 'S' });
  watch = await make('flaky', '* * * * *', 'Price watch', { pattern: 'SF' });
});
test.afterAll(deleteAllCrons);

test('the busiest minute is found, and how to spread it is shown without changing anything', async ({
  page,
}) => {
  await page.goto('/local/calendar');
  const busiest = page.getByRole('list', { name: 'Busiest minutes' }).getByRole('listitem').first();
  await expect(busiest).toContainText('09:00');
  await expect(busiest).toContainText(String(briefs + 1));
  await page.getByRole('button', { name: 'Preview the change' }).click();
  const preview = page.getByRole('dialog', { name: 'Spread the crons of 09:00' });
  await expect(preview).toContainText('Morning brief');
  await expect(preview).toContainText('1 minute later');
  await expectAccessible(page);
  const kept = await sdk.crons.search({ limit: 100 });
  expect(kept.filter(({ schedule }) => schedule === '0 9 * * *')).toHaveLength(briefs);
});

test('cost can be drawn instead, the address keeps it, and an unknown cost is said to be unknown', async ({
  page,
}) => {
  await page.goto('/local/calendar');
  await page.getByRole('radio', { name: 'Cost' }).click();
  await expect(page).toHaveURL(/measure=cost/);
  await expect(page.getByRole('table', { name: /^Cost by hour/ })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('cost unknown');
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Cost' })).toBeChecked();
});

test('what the crons page shows, and one cron, can be laid over the calendar', async ({ page }) => {
  await page.goto('/local/crons?q=morning');
  await page.getByRole('link', { name: 'Show these in the calendar' }).click();
  await expect(page).toHaveURL(/\/local\/calendar\?q=morning/);
  const sum = page.getByRole('heading', { level: 2 }).first();
  await expect(sum).toContainText(`of ${briefs} crons planned`);
  await expect(page.getByRole('list', { name: 'What the marks mean' })).toContainText('all crons');
  await page.goto(`/local/crons/${brief}`);
  await page.getByRole('link', { name: 'in the calendar' }).click();
  await expect(page).toHaveURL(new RegExp(`cron=${brief}`));
  await expect(page.getByText(`Only Morning brief ${briefs}`)).toBeVisible();
  await expect(sum).toContainText('of 1 cron planned');
  await page.getByRole('button', { name: 'Show all crons again' }).click();
  await expect(sum).toContainText(`of ${briefs + 1} crons planned`);
});

test('an hour that has begun shows its runs, and leads to them on the Runs page', async ({ page }) => {
  test.setTimeout(untilNextRunMs * 2);
  // Its runs alone: other crons, deleted since, may have run in an hour before.
  await page.goto(`/local/calendar?span=day&cron=${watch}`);
  const hour = page.getByRole('button', { name: /: \d+ (ok|failed)/ }).first();
  await hour.click({ timeout: untilNextRunMs });
  const list = page.getByRole('list', { name: 'Runs of this hour' });
  await expect(list).toContainText('Price watch');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Show this hour on the Runs page' }).click();
  await expect(page).toHaveURL(/\/local\/runs\?.*from=/);
  await expect(page.getByRole('list', { name: 'Runs' })).toContainText('Price watch');
});

test('past days say since when runs are watched, and an address with unknown parts says so', async ({
  page,
}) => {
  await page.goto('/local/calendar?day=2026-01-05&measure=gold');
  await expect(page.getByText('Part of this address was ignored:')).toBeVisible();
  await expect(page.getByText(/Runs are watched since/)).toBeVisible();
  await expect(page.getByRole('button', { name: /not watched yet, nothing known/ }).first()).toBeVisible();
});

test('a calendar program reads what is planned, until the address is revoked', async ({ page, request }) => {
  await page.goto('/local/calendar?q=morning');
  await page.getByLabel('Name of the calendar').fill('Morning');
  await page.getByRole('button', { name: 'Make an address' }).click();
  const address = await page.getByLabel('Address of the calendar').inputValue();
  await expectAccessible(page);

  const feed = await request.get(address, { headers: { cookie: '' } });
  expect(feed.headers()['content-type']).toContain('text/calendar');
  const events = Object.values(ical.sync.parseICS(await feed.text())).flatMap((part) =>
    part?.type === 'VEVENT' ? [part] : [],
  );
  expect(events.length).toBeGreaterThanOrEqual(29 * briefs);
  const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: zone });
  expect(new Set(events.map(({ start }) => clock.format(start)))).toEqual(new Set(['09:00']));
  expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);

  await page.getByRole('button', { name: 'Revoke the address of Morning' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('The address of “Morning” is revoked.')).toBeVisible();
  expect((await request.get(address)).status()).toBe(404);
});

for (const [width, scheme] of [
  [1440, 'dark'],
  [390, 'light'],
  [390, 'dark'],
] as const) {
  test(`nothing runs off the side or is hard to read at ${width}, ${scheme}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto('/local/calendar?span=month&measure=cost&q=watch');
    await expect(page.getByRole('table', { name: /^Cost by hour/ })).toBeVisible();
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(beyond).toBeLessThanOrEqual(0);
    await expectAccessible(page);
  });
}
