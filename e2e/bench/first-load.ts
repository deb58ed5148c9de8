import type { Page } from '@playwright/test';
import { gzipSync } from 'node:zlib';

export type FirstLoad = {
  /** Kilobytes (1,000 bytes, gzip) of the scripts loaded until the page could be used. */
  readonly usableKb: number;
  /** The same of everything loaded until the network was quiet: also what was drawn after that and prefetched. */
  readonly idleKb: number;
};

/** As text: what is compiled for Node refers to helpers that a page does not have. */
const noteWhenThere = (selector: string) => `
  new MutationObserver((_, observer) => {
    if (!document.querySelector(${JSON.stringify(selector)})) return;
    window.usableAtMs = performance.now();
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });`;

const loadedUntilUsable = `performance.getEntriesByType('resource')
  .filter((entry) => entry.responseEnd <= window.usableAtMs).map((entry) => entry.name)`;

/**
 * Opens an address in a page that has nothing in its cache and counts scripts. Counted as first load is every script
 * the HTML refers to, whether or not it had arrived, and every other one that had arrived before an element of the
 * selector stood in the page, code of prefetched pages included. What comes later is in `idleKb` alone: above all the
 * reading of schedules, which is asked for with the first rows and draws their rulers. Each file counts with its own
 * gzip size.
 */
export async function firstLoad(page: Page, url: string, selector: string): Promise<FirstLoad> {
  const files = new Map<string, Promise<number>>();
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script')
      files.set(
        response.url(),
        response.body().then((body) => gzipSync(body).length / 1000),
      );
  });
  await page.addInitScript({ content: noteWhenThere(selector) });
  const answer = await page.goto(url);
  const html = (await answer?.text()) ?? '';
  await page.locator(selector).first().waitFor();
  await page.waitForLoadState('networkidle').catch(() => undefined);
  const early = new Set(await page.evaluate<string[]>(loadedUntilUsable));
  let usableKb = 0;
  let idleKb = 0;
  for (const [file, size] of files) {
    const kb = await size;
    idleKb += kb;
    if (early.has(file) || html.includes(new URL(file).pathname)) usableKb += kb;
  }
  return { usableKb, idleKb };
}
