import { chromium, type Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { figure, median, percentile } from '../../e2e/bench/figures';
import { chromiumArgs, ensureChromium } from '../../e2e/support/chromium';
import { startProgram, until } from '../../e2e/support/processes';

const port = 3144;
const localPort = 2144;
const builder = `http://localhost:${port}/local/crons/new`;

/** Expressions as somebody might type them one after the other, from rare to every minute. */
const expressions = Array.from({ length: 200 }, (_, index) => {
  const minute = index % 60;
  const hour = (index * 7) % 24;
  const kinds = [
    `${minute} ${hour} * * 1-5`,
    `*/${(index % 29) + 2} * * * *`,
    `${minute} ${hour} ${(index % 28) + 1} * *`,
    `${minute} 8-18 * * mon,wed,fri`,
    index % 2 === 0 ? '* * * * *' : `${minute},${(minute + 1) % 60} * * * *`,
  ];
  return kinds[index % kinds.length] ?? '';
});
const sentence = 'every 15 minutes between 8 and 18 on weekdays';

/**
 * Puts each text into the box as typing does and returns how long each took, in ms: from the input event until the
 * page has been drawn anew and laid out. Waiting for the next frame of the screen is not counted.
 */
function typeAndTime(page: Page, label: string, texts: readonly string[]): Promise<number[]> {
  return page.getByRole('textbox', { name: label }).evaluate(async (box, values) => {
    const input = box as HTMLInputElement;
    const card = document.querySelector('aside');
    if (!card) throw new Error('There is no card.');
    const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    const took: number[] = [];
    for (const value of values) {
      const began = performance.now();
      write?.call(input, value);
      input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }));
      // React flushes what an input event changed in a microtask.
      await Promise.resolve();
      card.getBoundingClientRect();
      took.push(performance.now() - began);
      await new Promise((frame) => requestAnimationFrame(frame));
    }
    return took;
  }, texts);
}

async function requestsWhile(page: Page, work: () => Promise<unknown>): Promise<readonly string[]> {
  const seen: string[] = [];
  const note = (request: { url(): string }) => seen.push(new URL(request.url()).pathname);
  page.on('request', note);
  await work();
  page.off('request', note);
  return seen;
}

const dataDir = mkdtempSync(path.join(tmpdir(), 'crondeck-bench-'));
const program = startProgram(process.execPath, ['--import', 'tsx', 'lib/launcher/main.ts'], {
  PORT: String(port),
  CRONDECK_LOCAL_PORT: String(localPort),
  CRONDECK_DATA_DIR: dataDir,
  CRONDECK_DATABASE_URL: `file:${path.join(dataDir, 'dashboard.db')}`,
  LANGGRAPH_API_URL: '',
});
const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...chromiumArgs] });
try {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    timezoneId: 'America/New_York',
  });
  await until('the builder', 240_000, async () => {
    await page.goto(builder);
    return true;
  });
  await page.getByRole('tab', { name: 'Expression' }).click();
  await typeAndTime(page, 'Cron expression', expressions.slice(0, 40));
  // What is asked for while nobody types is polling and not counted.
  const polled = new Set(await requestsWhile(page, () => page.waitForTimeout(8_000)));
  let byExpression: number[] = [];
  let bySentence: number[] = [];
  const asked = await requestsWhile(page, async () => {
    byExpression = await typeAndTime(page, 'Cron expression', expressions);
    await page.getByRole('tab', { name: 'In words' }).click();
    const keys = Array.from({ length: sentence.length * 4 }, (_, index) =>
      sentence.slice(0, (index % sentence.length) + 1),
    );
    bySentence = await typeAndTime(page, 'When it runs, in words', keys);
  });
  const keystrokes = byExpression.length + bySentence.length;
  figure('builder-card-update-median', median(byExpression), 'ms', '< 16');
  figure('builder-card-update-p99', percentile(byExpression, 0.99), 'ms');
  figure('builder-sentence-update-median', median(bySentence), 'ms', '< 16');
  figure(
    'builder-requests-per-keystroke',
    asked.filter((url) => !polled.has(url)).length / keystrokes,
    'requests',
    '<= 0',
  );
} finally {
  await browser.close();
  await program.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
