import { chromium, type Page } from '@playwright/test';
import { startBenchDashboard, untilFilled, type BenchDashboard } from '../support/bench-dashboard';
import { chromiumArgs, ensureChromium } from '../support/chromium';
import { figure, percentile } from './figures';

// The calendar of 100,000 crons over a month in Chromium. What counting costs beside walking stands beside the calendar.
const crons = Number(process.env.BENCH_CRONS ?? 100_000);
const fromPort = Number(process.env.BENCH_PORT ?? 3150);
const rounds = 10;
const monthMs = 30 * 86_400_000;

/** As text: what is compiled for Node refers to helpers that a page does not have. */
const noteFirstPaint = `
  new MutationObserver((_, observer) => {
    if (!document.querySelector('[data-hour]')) return;
    observer.disconnect();
    // The frame with it is painted before the next one begins.
    requestAnimationFrame(() => requestAnimationFrame(() => { window.paintedAtMs = performance.now(); }));
  }).observe(document, { childList: true, subtree: true });`;

/** Three assistants of four get a price, so that there is something to draw. */
async function setPrices({ api, deployment }: BenchDashboard): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const found = await fetch(`${deployment}/assistants/search`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ limit: 100 }),
  });
  const assistants = (await found.json()) as { assistant_id: string }[];
  const priced = assistants.filter((_, place) => place % 4 !== 0);
  const handSet = Object.fromEntries(
    priced.map(({ assistant_id: id }, place) => [id, { kind: 'per-run', amount: 0.001 * (place + 1) }]),
  );
  const saved = await fetch(`${api}/settings/prices`, {
    method: 'PUT',
    headers: { ...headers, origin: new URL(api).origin },
    body: JSON.stringify({
      version: 0,
      value: { currency: 'USD', perDollar: 1, models: {}, assistants: {}, handSet },
    }),
  });
  if (!saved.ok) throw new Error(`The prices were answered with ${saved.status}.`);
}

/** Milliseconds until the server has answered for a month; the first answer after saved prices is not counted. */
async function serverAnswers({ api }: BenchDashboard): Promise<void> {
  const from = Date.now();
  const asked = new URLSearchParams({
    from: String(from),
    to: String(from + monthMs),
    viewZone: 'Europe/Berlin',
  });
  const took: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const began = performance.now();
    const answer = await fetch(`${api}/calendar?${asked}`);
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`The calendar was answered with ${answer.status}.`);
    if (round > 0) took.push(performance.now() - began);
  }
  figure('calendar-answer-p50', percentile(took, 0.5), 'ms');
  figure('calendar-answer-p95', percentile(took, 0.95), 'ms', '<= 1000');
}

/** Waiting for a function would evaluate text in the page, which its policy forbids. */
function untilPainted(): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      const ms: unknown = Reflect.get(globalThis, 'paintedAtMs');
      if (typeof ms === 'number') resolve(ms);
      else requestAnimationFrame(look);
    };
    look();
  });
}

/** From the start of the navigation until the month is painted, in a browser that has the scripts already. */
async function firstPaints(page: Page, url: string): Promise<void> {
  const took: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    await page.goto(url);
    const ms = await page.evaluate(untilPainted);
    if (round > 0) took.push(ms);
  }
  figure('calendar-month-painted-p50', percentile(took, 0.5), 'ms');
  figure('calendar-month-painted-p95', percentile(took, 0.95), 'ms', '<= 2500');
}

/** Milliseconds from a click until the picture with the other measure is painted. */
function untilDrawn(page: Page, table: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        let pressed = 0;
        addEventListener('pointerdown', () => (pressed = performance.now()), { capture: true, once: true });
        const look = () => {
          const shown = document.querySelector('table')?.getAttribute('aria-label') ?? '';
          if (pressed === 0 || !shown.startsWith(wanted)) return requestAnimationFrame(look);
          return requestAnimationFrame(() => resolve(performance.now() - pressed));
        };
        requestAnimationFrame(look);
      }),
    table,
  );
}

async function measureChanges(page: Page): Promise<void> {
  const took: number[] = [];
  for (let round = 0; round < 2 * rounds; round += 1) {
    const [choice, table] = round % 2 === 0 ? ['Cost', 'Cost by hour'] : ['Runs', 'Runs by hour'];
    const drawn = untilDrawn(page, table);
    // An answer from the page says that it listens already.
    await page.evaluate('0');
    await page.getByRole('radio', { name: choice }).click();
    took.push(await drawn);
  }
  figure('calendar-measure-changed-p50', percentile(took, 0.5), 'ms');
  figure('calendar-measure-changed-p95', percentile(took, 0.95), 'ms', '<= 200');
}

const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...chromiumArgs] });
const dashboard = await startBenchDashboard({ crons, fromPort });
try {
  await untilFilled(dashboard);
  await setPrices(dashboard);
  await serverAnswers(dashboard);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  // Functions compiled for Node name themselves with this helper.
  await context.addInitScript({ content: `globalThis.__name ??= (value) => value; ${noteFirstPaint}` });
  const page = await context.newPage();
  await firstPaints(page, dashboard.crons.replace(/crons$/, 'calendar?span=month'));
  await measureChanges(page);
} finally {
  await browser.close();
  await dashboard.stop();
}
