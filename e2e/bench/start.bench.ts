import { chromium, type Page } from '@playwright/test';
import { Client } from '@langchain/langgraph-sdk';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromiumArgs, ensureChromium } from '../support/chromium';
import { startProgram, until, type Program } from '../support/processes';
import { figure, median, percentile } from './figures';
import { firstLoad } from './first-load';

const port = 3189;
const localPort = 2189;
const dashboard = `http://localhost:${port}`;
const deployment = `http://127.0.0.1:${localPort}`;

type Started = { readonly program: Program; readonly dataDir: string };

function start(): Started {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'crondeck-bench-'));
  const program = startProgram(process.execPath, ['--import', 'tsx', 'lib/launcher/main.ts'], {
    PORT: String(port),
    CRONDECK_LOCAL_PORT: String(localPort),
    CRONDECK_DATA_DIR: dataDir,
    LANGGRAPH_API_URL: '',
  });
  return { program, dataDir };
}

async function stop({ program, dataDir }: Started): Promise<void> {
  await program.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

/** Usable: the search box of the crons page takes text. */
async function openCrons(page: Page): Promise<void> {
  await until('the crons page', 60_000, async () => {
    await page.goto(`${dashboard}/local/crons`);
    return true;
  });
  await page.getByRole('searchbox').waitFor();
}

async function coldStart(page: Page): Promise<number> {
  const began = performance.now();
  const started = start();
  try {
    await openCrons(page);
    return performance.now() - began;
  } finally {
    await stop(started);
  }
}

async function timed(url: string): Promise<number> {
  const began = performance.now();
  const response = await fetch(url);
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return performance.now() - began;
}

/** The same cron read through the dashboard and from the deployment, in turn: ratio of the medians. */
async function proxyOverhead(client: Client): Promise<void> {
  const cron = await client.crons.create('assistant', { schedule: '0 9 1 1 *', input: { messages: [] } });
  const through: number[] = [];
  const direct: number[] = [];
  for (let round = 0; round < 330; round++) {
    const pair = [
      await timed(`${dashboard}/api/deployments/local/crons/${cron.cron_id}`),
      await timed(`${deployment}/runs/crons/${cron.cron_id}`),
    ] as const;
    if (round < 30) continue;
    through.push(pair[0]);
    direct.push(pair[1]);
  }
  figure('start-proxy-direct-median', median(direct), 'ms');
  figure('start-proxy-through-median', median(through), 'ms');
  figure('start-proxy-overhead', median(through) / median(direct), 'ratio');
}

/** 200 crons due in the same second: how late each run was made. */
async function firingLateness(client: Client): Promise<void> {
  const crons = await Promise.all(
    Array.from({ length: 200 }, () =>
      client.crons.create('digest', { schedule: '* * * * *', input: { topic: 'bench', points: ['one'] } }),
    ),
  );
  type Firing = { scheduled_for: string; fired_at: string | null };
  const lateness = await until('200 firings', 130_000, async () => {
    const answers = await Promise.all(
      crons.map((cron) =>
        fetch(`${deployment}/crondeck/crons/${cron.cron_id}/firings`).then(
          (r) => r.json() as Promise<Firing[]>,
        ),
      ),
    );
    const late = answers
      .flatMap((firings) => firings.slice(-1))
      .flatMap((f) => (f.fired_at ? [Date.parse(f.fired_at) - Date.parse(f.scheduled_for)] : []));
    return late.length === crons.length ? late : null;
  });
  figure('start-lateness-200-median', median(lateness), 'ms');
  figure('start-lateness-200-p99', percentile(lateness, 0.99), 'ms');
  await Promise.all(crons.map((cron) => client.crons.delete(cron.cron_id)));
}

const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...chromiumArgs] });
const page = await browser.newPage();
// The first start may have to build; it is not counted.
await coldStart(page);
const colds: number[] = [];
for (let round = 0; round < 5; round++) colds.push(await coldStart(page));
figure('start-cold-start-median', median(colds) / 1000, 's');

const started = start();
try {
  await openCrons(page);
  const fresh = await (await browser.newContext()).newPage();
  const { usableKb } = await firstLoad(fresh, `${dashboard}/local/crons`, 'input[type=search]');
  figure('start-first-load-js', usableKb, 'kB', '< 200');
  const client = new Client({ apiUrl: deployment, callerOptions: { maxRetries: 0 } });
  await proxyOverhead(client);
  await firingLateness(client);
} finally {
  await browser.close();
  await stop(started);
}
