import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { firstFreePort } from '@/lib/launcher/port-free';
import { startBenchDeployment, type RunningBench } from './bench-deployment/start-bench-deployment';
import { expectAccessible } from './support/axe';
import { startProgram, until, type Program } from './support/processes';

// A scheduler that has stopped and a cron that is stuck look alike from afar: what is due has not started. The dashboard has
// to tell them apart by whether anything else was started since.

test.describe.configure({ mode: 'serial' });

const hourMs = 3_600_000;
const names = ['Mail digest', 'Price watch', 'Nightly sync'] as const;
let bench: RunningBench;
let dashboard: Program;
let folder: string;
let base: string;
const ids = new Map<string, string>();

test.beforeAll(async () => {
  test.setTimeout(300_000);
  // Made an hour ago, due every minute, and never started since.
  const clock = { behindMs: hourMs };
  bench = await startBenchDeployment({
    crons: 0,
    assistants: 1,
    threads: 0,
    now: () => Date.now() - clock.behindMs,
  });
  const [assistant] = bench.store.assistants.keys();
  for (const name of names) {
    const asked = { assistant_id: assistant, schedule: '* * * * *', input: {}, metadata: { name } };
    ids.set(name, (bench.store.createCron(asked, null).json as { cron_id: string }).cron_id);
  }
  clock.behindMs = 0;
  folder = mkdtempSync(path.join(tmpdir(), 'crondeck-outage-'));
  const port = (await firstFreePort(3180)) ?? 3180;
  base = `http://localhost:${port}`;
  dashboard = startProgram(process.execPath, ['--import', 'tsx', 'lib/launcher/main.ts'], {
    PORT: String(port),
    LANGGRAPH_API_URL: bench.url,
    CRONDECK_DATA_DIR: folder,
    CRONDECK_DATABASE_URL: `file:${path.join(folder, 'dashboard.db')}`,
  });
  await until('the dashboard', 240_000, async () => ((await fetch(`${base}/icon.svg`)).ok ? true : null));
});
test.afterAll(async () => {
  await dashboard.stop();
  await bench.close();
  rmSync(folder, { recursive: true, force: true });
});

const cronPage = (name: (typeof names)[number]) => `${base}/default/crons/${ids.get(name)}`;

test('nothing that was due has started: the scheduler has stopped, and no cron is blamed for it', async ({
  page,
}) => {
  await page.goto(`${base}/default/crons`);
  for (const name of names)
    await expect(page.getByRole('row').filter({ hasText: name })).toContainText('scheduler stopped');
  await page.goto(cronPage('Nightly sync'));
  await expect(page.getByText('The scheduler has stopped.')).toBeVisible();
  await expect(page.getByText('nothing that was due has started', { exact: false }).first()).toBeVisible();
  await expectAccessible(page);
});

test('others are started and one is not: that one is stuck, and only it is overdue', async ({ page }) => {
  const next = new Date(Math.ceil((Date.now() + 1_000) / 60_000) * 60_000).toISOString();
  bench.store.crons.advance(
    new Map([ids.get('Mail digest'), ids.get('Price watch')].map((id) => [String(id), next])),
  );
  await page.goto(cronPage('Nightly sync'));
  await expect(
    page.getByText('It was due and has not started, although other crons have run since.'),
  ).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByText('The scheduler has stopped.')).toHaveCount(0);
  await page.goto(`${base}/default/crons`);
  await expect(page.getByRole('row').filter({ hasText: 'Nightly sync' })).toContainText('overdue');
  await expect(page.getByRole('row').filter({ hasText: 'Mail digest' })).not.toContainText(/overdue|stopped/);
});

test('what is only concluded from a date says so, and is counted as not known', async ({ page }) => {
  await page.goto(cronPage('Mail digest'));
  const runs = page.getByRole('list', { name: 'Runs, the newest first' });
  await expect(runs.getByRole('listitem').first()).toContainText('Not known', { timeout: 60_000 });
  await expect(runs.getByRole('listitem').first()).toContainText('no run was seen');
  await expect(page.getByText('This server keeps nothing of its runs.')).toBeVisible();
  await page.goto(`${base}/default/runs`);
  await expect(page.getByRole('list', { name: 'Runs' }).getByRole('listitem').first()).toContainText(
    'Not known',
  );
  await expect(page.getByRole('list', { name: 'Runs' })).not.toContainText(/Failed|Ok/);
});
