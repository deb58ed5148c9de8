import { expect, test, type Locator, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { hostileNames } from './bench-deployment/words';
import { expectAccessible } from './support/axe';
import {
  countMatching,
  startBenchDashboard,
  untilFilled,
  type BenchDashboard,
} from './support/bench-dashboard';

const crons = 20_000;
// What the generator plants as names, and what would break a layout or a spreadsheet in other ways.
const hostile = [
  ...hostileNames,
  `wall ${'W'.repeat(100_000)}`,
  '=HYPERLINK("http://x","y")',
  '\u200Fعربي\u202E',
];

let dashboard: BenchDashboard;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  dashboard = await startBenchDashboard({ crons, fromPort: 3191 });
  for (const name of hostile) await createCron({ team: 'hostile-names', name });
  await createCron({ name: 'To be deleted elsewhere' });
  await untilFilled(dashboard);
});
test.afterAll(() => dashboard.stop());

async function createCron(metadata: Record<string, string>): Promise<void> {
  const assistants = await post<{ assistant_id: string }[]>('/assistants/search', { limit: 1 });
  await post('/runs/crons', {
    assistant_id: assistants[0]?.assistant_id,
    schedule: '0 9 * * *',
    input: { messages: [{ role: 'user', content: metadata['name'] }] },
    metadata,
  });
}

async function post<T>(path: string, body: object): Promise<T> {
  const response = await fetch(`${dashboard.deployment}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

const rows = (page: Page) => page.locator('[data-row]');
const total = () => countMatching(dashboard, '');

/** Waits until the page says how many crons match the words, as the dashboard has it, and answers with that. */
async function countShown(page: Page, q: string): Promise<number> {
  let matching = 0;
  // Titles of threads come in after their crons and may add a match between two looks.
  await expect(async () => {
    matching = await countMatching(dashboard, q);
    const words = `${matching.toLocaleString('en')} of ${(await total()).toLocaleString('en')} crons`;
    await expect(page.getByText(words)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  return matching;
}

async function openCrons(page: Page, search = ''): Promise<void> {
  await page.goto(`${dashboard.crons}${search}`);
  await expect(rows(page).first()).toBeVisible();
}

/** Presses Tab until the element has the focus, as somebody without a mouse would. */
async function tabTo(page: Page, element: Locator, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press(key);
    if (await element.evaluate((node) => node === document.activeElement)) return;
  }
  throw new Error('Sixty presses did not lead there.');
}

/** Nothing sticks out of the page at its sides. */
async function expectNoOverflow(page: Page): Promise<void> {
  const { inner, content } = await page.evaluate(() => ({
    inner: document.documentElement.clientWidth,
    content: document.documentElement.scrollWidth,
  }));
  expect(content).toBeLessThanOrEqual(inner);
}

test('three letters find the right rows, which are grouped, selected and exported by keyboard alone', async ({
  page,
}, info) => {
  await openCrons(page);
  await expectAccessible(page);
  await page.keyboard.press('/');
  await page.keyboard.type('glo');
  const matching = await countShown(page, 'glo');
  const wanted = await fetch(`${dashboard.api}/crons?q=glo&limit=5`).then(
    (response) => response.json() as Promise<{ rows: { name: string }[] }>,
  );
  for (const [index, { name }] of wanted.rows.entries())
    await expect(page.locator(`[data-row="${index}"] [data-row-link]`)).toHaveText(name);

  const group = page.getByRole('button', { name: 'Group', exact: true });
  await tabTo(page, group);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitemradio', { name: 'No groups' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/group=assistant/);
  await expect(page.getByText('Group by assistant:').first()).toBeAttached();
  await expect(page.getByRole('button', { name: 'By assistant' })).toBeFocused();

  await tabTo(page, page.getByRole('checkbox', { name: 'Select all that match' }));
  await page.keyboard.press('Space');
  const selection = page.getByRole('region', { name: 'Selection' });
  await expect(selection).toContainText(`${matching.toLocaleString('en')} selected`);
  await expectAccessible(page);
  await info.attach('all that match, grouped', { body: await page.screenshot(), contentType: 'image/png' });

  await tabTo(page, page.getByRole('button', { name: 'Export' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: /as CSV/ })).toBeFocused();
  const saving = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  const file = await (await saving).path();
  const ids = readFileSync(file, 'utf8').match(/^"?[0-9a-f]{8}-[0-9a-f-]{27}/gm) ?? [];
  expect(new Set(ids).size).toBe(matching);
});

test('the menu of a row opens by key on its first use, and gives the focus back', async ({ page }) => {
  await openCrons(page, '?q=glo');
  await page.keyboard.press('j');
  await expect(page.locator('[data-row="0"] [data-row-link]')).toBeFocused();
  const actions = page.locator('[data-row="0"]').getByRole('button', { name: /^Actions for/ });
  await tabTo(page, actions);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: /^Open/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
  await expect(actions).toBeFocused();
  await actions.click();
  await expect(page.getByRole('menu')).toBeVisible();
});

test('hostile names are text everywhere and break no layout', async ({ page }) => {
  const complaints: string[] = [];
  page.on('dialog', (dialog) => {
    complaints.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await openCrons(page, '?q=hostile-names');
  expect(await countShown(page, 'hostile-names')).toBe(hostile.length);
  await expect(rows(page)).toHaveCount(hostile.length);
  await expect(page.getByText('<img src=x onerror=alert(1)>').first()).toBeVisible();
  const heights = await rows(page).evaluateAll((all) => all.map((row) => row.getBoundingClientRect().height));
  expect(new Set(heights).size).toBe(1);
  await expectNoOverflow(page);
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(rows(page).first()).toBeVisible();
  await expectNoOverflow(page);
  await expectAccessible(page);
  expect(complaints).toEqual([]);

  const exported = await fetch(`${dashboard.api}/crons/export?q=hostile-names&format=csv`).then((reply) =>
    reply.text(),
  );
  // A cell that begins like a formula is run by spreadsheets.
  expect(exported.match(/(^|,)"?[=+@-][^,\n]{2}/gm)).toBeNull();
});

test('a cron that somebody deletes elsewhere says so while it is open', async ({ page }) => {
  await openCrons(page, '?q=deleted+elsewhere');
  await page.getByRole('link', { name: 'To be deleted elsewhere' }).click();
  await expect(page.getByRole('heading', { name: 'Every day at 09:00' })).toBeVisible();
  const cronId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await fetch(`${dashboard.deployment}/runs/crons/${cronId}`, { method: 'DELETE' });
  await expect(page.getByText('This cron was deleted elsewhere while you looked at it.')).toBeVisible();
  await expectAccessible(page);
});

test('parts of an address that nobody knows are ignored with a note', async ({ page }) => {
  await openCrons(page, '?q=glo&flavour=vanilla&sort=nonsense&status=active,asleep');
  await expect(page.getByText('Part of this address was ignored:')).toBeVisible();
  await expect(page.getByText(/flavour/)).toContainText('sort');
  await expect(page.getByRole('searchbox')).toHaveValue('glo');
  await expectAccessible(page);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`at ${width} px in the ${colorScheme} theme axe finds nothing`, async ({ page }, info) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await openCrons(page, '?group=assistant');
      await expectNoOverflow(page);
      await expectAccessible(page);
      await info.attach(`${width} ${colorScheme}`, {
        body: await page.screenshot(),
        contentType: 'image/png',
      });
    });
  }
}
