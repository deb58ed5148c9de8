import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** Chromium without the parts that draw a window: the same pages in about half the processor time. */
const headlessShell = '/usr/bin/chromium-headless-shell';

const systemBrowsers = [
  headlessShell,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The browser to test with: Playwright's own where it was downloaded, else one of the system; null where there is none. */
export function findChromium(): string | null {
  return (
    [process.env.CHROMIUM_PATH, chromium.executablePath(), ...systemBrowsers].find(
      (file) => file && existsSync(file),
    ) ?? null
  );
}

/** A package of its own at Debian; only root can install it. */
function installHeadlessShell(): void {
  process.stdout.write('Installing chromium-headless-shell of Debian ...\n');
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium-headless-shell'],
  ]) {
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
}

/** Finds Chromium, and on a Debian machine as root installs it; throws with the command that would help elsewhere. */
export function ensureChromium(): string {
  const found = findChromium();
  const isRootOnDebian = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (isRootOnDebian && (found === null || found === '/usr/bin/chromium')) installHeadlessShell();
  const chosen = findChromium();
  if (chosen) return chosen;
  throw new Error(
    'The browser tests need Chromium. Install it with: npx playwright install chromium   (Debian: apt-get install -y chromium-headless-shell), or name one in CHROMIUM_PATH.',
  );
}

/** Chromium's own sandbox needs an unprivileged user. */
export const chromiumArgs: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
