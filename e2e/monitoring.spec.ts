import { expect, test, type Page } from '@playwright/test';
import { z } from 'zod';
import { expectAccessible } from './support/axe';
import { deleteAllCrons, firingsOf, sdk } from './support/local-deployment';
import { takeOption } from './support/take-option';

test.describe.configure({ mode: 'serial' });

/** Due so often that nobody waits long for the next run. */
const everyMinute = '* * * * *';
const everySeconds = (seconds: number) => `* * * * * */${seconds}`;
const untilNextRunMs = 80_000;
const ids = { slow: '', flaky: '', endless: '', asking: '', steps: '' };

const runsSchema = z.object({
  runs: z.array(
    z.object({
      status: z.string(),
      runId: z.string().nullable(),
      scheduledMs: z.number().nullable(),
      source: z.string(),
    }),
  ),
});

test.beforeAll(async () => {
  await deleteAllCrons();
  const make = async (
    assistant: string,
    name: string,
    input: Record<string, unknown>,
    more: { schedule?: string; onRunCompleted?: 'keep' } = {},
  ) => {
    const body = { schedule: everyMinute, input, metadata: { name }, ...more };
    const made = await sdk.crons.create(assistant, body);
    return String((made as { cron_id?: string }).cron_id);
  };
  ids.slow = await make('slow', 'Nightly sync', { seconds: 12 }, { schedule: everySeconds(20) });
  ids.flaky = await make('flaky', 'Price watch', { pattern: 'F' }, { schedule: everySeconds(15) });
  ids.asking = await make(
    'approval',
    'Newsletter',
    { draft: 'The newsletter' },
    { schedule: everySeconds(20), onRunCompleted: 'keep' },
  );
  ids.steps = await make('slow', 'Long report', { seconds: 30, parts: 15 });
  ids.endless = await make('slow', 'Endless', { seconds: 3_000 });
});
test.afterAll(deleteAllCrons);

function cronPath(cronId: string): string {
  return `/local/crons/${cronId}`;
}

/** The newest run on the page of a cron. */
function newestRun(page: Page) {
  return page.getByRole('list', { name: 'Runs, the newest first' }).getByRole('listitem').first();
}

test('a run is seen while it happens, and its end without a reload', async ({ page }) => {
  test.setTimeout(untilNextRunMs * 2);
  await page.goto(cronPath(ids.slow));
  await expect(newestRun(page)).toContainText('Running', { timeout: untilNextRunMs });
  await expect(newestRun(page)).toContainText('Ok', { timeout: 30_000 });
  await expect(newestRun(page)).toContainText('12 s');
  await expect(page.getByRole('list', { name: /oldest first/ })).toContainText('Ok');
  await expectAccessible(page);
});

test('a run is joined: its steps and what it says are shown while it goes on', async ({ page }) => {
  test.setTimeout(untilNextRunMs * 3);
  await page.goto(cronPath(ids.steps));
  const live = page.getByRole('region', { name: 'Running now' });
  // Joined in its first seconds, it has time left in which to be seen going on.
  await expect(live).toContainText(/"worked_seconds":[1-9]\D/, { timeout: untilNextRunMs });
  // However slow the machine is: no other run takes the place of this one.
  await sdk.crons.update(ids.steps, { enabled: false });
  await expect(live).toContainText(/"worked_seconds":[12]\d\D/, { timeout: 30_000 });
  await expectAccessible(page);
  await expect(live).toHaveCount(0, { timeout: 60_000 });
  await expect(newestRun(page)).toContainText('Ok');
});

test('a run behind another one of its thread waits for its turn, and is not called running', async ({
  page,
}) => {
  const { thread_id } = await sdk.threads.create();
  const first = await sdk.runs.create(thread_id, 'slow', { input: { seconds: 60 } });
  const made = await sdk.crons.createForThread(thread_id, 'slow', {
    schedule: everySeconds(10),
    input: { seconds: 1 },
    multitaskStrategy: 'enqueue',
  });
  const { cron_id } = z.object({ cron_id: z.string() }).parse(made);
  await page.goto(cronPath(cron_id));
  await expect(newestRun(page)).toContainText('Waiting');
  await expect(newestRun(page)).toContainText('has not begun yet');
  await expect(page.getByRole('region', { name: 'Waits for its turn' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Running now' })).toHaveCount(0);
  await expect(page.getByText('a time from an earlier schedule')).toHaveCount(0);
  await sdk.crons.delete(cron_id);
  await sdk.runs.cancel(thread_id, first.run_id);
});

test('a run that asks a human is no success, and the cron says that it waits', async ({ page }) => {
  await page.goto(cronPath(ids.asking));
  await expect(newestRun(page)).toContainText('Interrupted', { timeout: untilNextRunMs });
  await expect(page.getByText('Waiting for a human.')).toBeVisible({ timeout: 60_000 });
  await newestRun(page)
    .getByRole('button', { name: /everything about this run/ })
    .click();
  await newestRun(page).getByRole('button', { name: 'Open the thread' }).click();
  const thread = page.getByRole('dialog', { name: 'The thread of this run' });
  await expect(thread).toContainText('It waits for an answer.');
  await expect(thread).toContainText('Send "The newsletter"?');
  await expectAccessible(page);
  await page.goto('/local/crons');
  await expect(page.getByRole('row').filter({ hasText: 'Newsletter' })).toContainText('waits for a human');
});

test('a failure is found with its error: on the cron, among all runs, and in the table', async ({ page }) => {
  await page.goto('/local/runs');
  const first = page.getByRole('list', { name: 'Runs' }).getByRole('listitem').first();
  await expect(first).toContainText('Failed', { timeout: untilNextRunMs });
  await expect(first).toContainText('fails, as the pattern F says.');
  await expectAccessible(page);

  await first.getByRole('link', { name: 'Price watch' }).click();
  await expect(page).toHaveURL(new RegExp(ids.flaky));
  await newestRun(page)
    .getByRole('button', { name: /everything about this run/ })
    .click();
  await expect(newestRun(page)).toContainText('the engine’s own record');
  await expect(newestRun(page)).toContainText('fails, as the pattern F says.');
  await expectAccessible(page);

  await page.goto('/local/crons');
  const row = page.getByRole('row').filter({ hasText: 'Price watch' });
  await expect(row).toContainText('Failed');
  const back = page.getByRole('region', { name: 'Looking back' });
  // Asked for twice a minute.
  await expect(back.getByRole('listitem').filter({ hasText: 'Price watch' })).toContainText(
    'fails, as the pattern F says.',
    { timeout: 60_000 },
  );
  await expectAccessible(page);
});

test('a run that does not end is stopped from here', async ({ page }) => {
  await page.goto(cronPath(ids.endless));
  await expect(newestRun(page)).toContainText('Running', { timeout: untilNextRunMs });
  await newestRun(page)
    .getByRole('button', { name: /everything about this run/ })
    .click();
  const opened = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: 'Stop this run' }) })
    .first();
  const runId = await opened.locator('.mono').first().textContent();
  await opened.getByRole('button', { name: 'Stop this run' }).click();
  await expect(page.getByText('The run was asked to stop.')).toBeVisible();
  await expect
    .poll(async () => (await firingsOf(ids.endless)).find((firing) => firing.run_id === runId)?.status)
    .not.toBe('running');
  await sdk.crons.delete(ids.endless);
});

test('runs are filtered by status and by cron, and the address keeps it', async ({ page }) => {
  await page.goto('/local/runs?status=error');
  const list = page.getByRole('list', { name: 'Runs' });
  await expect(list.getByRole('listitem').first()).toContainText('Failed');
  await expect(list).not.toContainText('Nightly sync');
  await page.getByRole('button', { name: 'Remove the filter Status' }).click();
  await expect(list).toContainText('Nightly sync');
  await page.getByRole('combobox', { name: 'Cron' }).fill('nightly');
  await takeOption(page.getByRole('option', { name: 'Nightly sync' }));
  await expect(list).not.toContainText('Price watch');
  await expect(page).toHaveURL(new RegExp(`cron=${ids.slow}`));
  await page.getByRole('button', { name: 'Show the runs of all crons' }).click();
  await expect(list).toContainText('Price watch');
});

test('the ledger is the same as what the engine itself recorded', async ({ request }) => {
  for (const cronId of [ids.slow, ids.flaky, ids.asking]) {
    await expect
      .poll(
        async () => {
          const response = await request.get(`/api/deployments/local/crons/${cronId}/runs?limit=200`);
          const { runs } = runsSchema.parse(await response.json());
          const fired = await firingsOf(cronId);
          const ledger = runs.map(({ status, runId, scheduledMs, source }) => [
            source,
            scheduledMs,
            runId,
            status,
          ]);
          const engine = fired.map((it) => ['firings', Date.parse(it.scheduled_for), it.run_id, it.status]);
          return fired.length > 0 && JSON.stringify(ledger) === JSON.stringify(engine);
        },
        { timeout: 30_000 },
      )
      .toBe(true);
  }
});

test('on a phone runs are cards, and nothing runs off the side', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ['/local/runs', cronPath(ids.flaky)]) {
    await page.goto(path);
    await expect(page.getByText('fails, as the pattern F says.').first()).toBeVisible();
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(beyond).toBeLessThanOrEqual(0);
    await expectAccessible(page);
  }
});

test('the probe and the metrics answer', async ({ request }) => {
  const health = await request.get('/healthz');
  expect(health.status()).toBe(200);
  expect(await health.json()).toMatchObject({ ok: true, deployments: { local: 'ready' } });
  const metrics = await (await request.get('/metrics')).text();
  expect(metrics).toMatch(/^crondeck_runs_last_hour\{deployment="local",status="error"\} [1-9]/m);
});
