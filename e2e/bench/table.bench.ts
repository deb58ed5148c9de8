import { chromium, type Browser, type Page } from '@playwright/test';
import { formatCount } from '@/components/ui/format-number';
import {
  countMatching,
  startBenchDashboard,
  untilFilled,
  type BenchDashboard,
} from '../support/bench-dashboard';
import { chromiumArgs, ensureChromium } from '../support/chromium';
import { figure, median, percentile } from './figures';
import { firstLoad } from './first-load';

// Parts (d) and (e) of the table bench: 100,000 crons in Chromium. Parts (a) to (c) stand beside the index.
const crons = Number(process.env.BENCH_CRONS ?? 100_000);
const fromPort = Number(process.env.BENCH_PORT ?? 3140);
const words = ['globex', 'invoice', 'fatima', 'berlin', 'summarise', 'churn watch', 'tokyo', 'weekly'];

const searchBox = (page: Page) => page.getByRole('searchbox', { name: 'Search crons' });
const firstRow = (page: Page) => page.locator('[data-row]').first();

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  // Functions compiled for Node name themselves with this helper.
  await context.addInitScript({ content: 'globalThis.__name ??= (value) => value' });
  return context.newPage();
}

/** From the start of the navigation until the first row stands there, while the snapshot is still being filled. */
async function firstRowsWhileFilling(browser: Browser, { crons: url }: BenchDashboard): Promise<void> {
  const page = await newPage(browser);
  await page.goto(url);
  await firstRow(page).waitFor();
  const ms = await page.evaluate(() => performance.now());
  // What says that it is being filled is loaded beside the rows.
  const filling = page.getByRole('progressbar').waitFor({ timeout: 2_000 });
  await filling.catch((cause: unknown) => {
    throw new Error('The fill was over before the first rows: make the deployment slower.', { cause });
  });
  figure('table-first-rows-while-filling', ms, 'ms', '<= 2500');
  await page.context().close();
}

/** Milliseconds from a key going down until the count of what matches is on screen; null if that is not within 5 s. */
function untilCountShown(page: Page, count: string): Promise<number | null> {
  return page.evaluate(
    (wanted) =>
      new Promise<number | null>((resolve) => {
        let pressed = 0;
        setTimeout(() => resolve(null), 5_000);
        addEventListener('keydown', () => (pressed = performance.now()), { capture: true, once: true });
        const look = () => {
          const shown = document.querySelector('output.num')?.textContent ?? '';
          if (pressed === 0 || !shown.startsWith(`${wanted} of`)) return requestAnimationFrame(look);
          // The frame with it is painted before the next one begins.
          return requestAnimationFrame(() => resolve(performance.now() - pressed));
        };
        requestAnimationFrame(look);
      }),
    count,
  );
}

/** Types word after word and waits after each letter for its rows. A letter that changes no count tells nothing. */
async function keystrokes(page: Page, dashboard: BenchDashboard): Promise<void> {
  const took: number[] = [];
  for (const word of words) {
    await searchBox(page).fill('');
    await page.getByText(`${formatCount(crons)} crons`, { exact: true }).waitFor();
    let before = crons;
    for (let letters = 1; letters <= word.length; letters += 1) {
      const count = await countMatching(dashboard, word.slice(0, letters));
      if (count !== before) {
        const shown = untilCountShown(page, formatCount(count));
        // An answer from the page says that it listens already.
        await page.evaluate('0');
        await page.keyboard.press(word.charAt(letters - 1));
        const ms = await shown;
        if (ms === null) process.stderr.write(`"${word.slice(0, letters)}" never showed ${count} matches\n`);
        else took.push(ms);
      } else await page.keyboard.press(word.charAt(letters - 1));
      before = count;
    }
  }
  figure('table-keystroke-to-rows-median', median(took), 'ms');
  // What web.dev calls a good interaction.
  figure('table-keystroke-to-rows-p95', percentile(took, 0.95), 'ms', '<= 200');
}

/** Scrolls from the first row to the last in ten seconds and watches every frame. */
async function scrolling(page: Page): Promise<void> {
  await searchBox(page).fill('');
  await page.getByText(`${formatCount(crons)} crons`, { exact: true }).waitFor();
  const frames = await page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const height = document.documentElement.scrollHeight - innerHeight;
        const began = performance.now();
        const lengths: number[] = [];
        let last = began;
        const step = (now: number) => {
          lengths.push(now - last);
          last = now;
          const share = Math.min(1, (now - began) / 10_000);
          scrollTo(0, share * height);
          if (share < 1) requestAnimationFrame(step);
          else resolve(lengths.slice(1));
        };
        requestAnimationFrame(step);
      }),
  );
  await page.getByRole('row').last().waitFor();
  figure('table-scroll-frame-median', median(frames), 'ms');
  figure('table-scroll-frame-p99', percentile(frames, 0.99), 'ms');
  figure('table-scroll-frame-longest', Math.max(...frames), 'ms', '<= 200');
}

const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...chromiumArgs] });
const dashboard = await startBenchDashboard({ crons, latencyMs: 100, fromPort });
try {
  await firstRowsWhileFilling(browser, dashboard);
  await untilFilled(dashboard);
  const page = await newPage(browser);
  const { usableKb, idleKb } = await firstLoad(page, dashboard.crons, '[data-row]');
  figure('table-first-load-js', usableKb, 'kB', '< 200');
  figure('table-idle-js', idleKb, 'kB');
  await keystrokes(page, dashboard);
  await scrolling(page);
} finally {
  await browser.close();
  await dashboard.stop();
}
