import { defineConfig } from '@playwright/test';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromiumArgs, ensureChromium } from './e2e/support/chromium';

// Workers share the flows out, file by file, and each has a dashboard and a deployment of its own.
const lanes = [0, 1, 2].map((number) => ({
  port: 3199 - number * 20,
  localPort: 2199 - number * 5,
  /** Where the flows listen for alerts. */
  receiverPort: 3198 - number * 20,
  mailPort: 3197 - number * 20,
}));
type Lane = (typeof lanes)[number];
const own = lanes[Number(process.env.TEST_PARALLEL_INDEX ?? 0)] as Lane;

// Each run has its own data: the workers inherit the folder through the environment.
process.env.CRONDECK_E2E_DATA ??= mkdtempSync(path.join(tmpdir(), 'crondeck-e2e-'));
const dataFolder = process.env.CRONDECK_E2E_DATA;
process.env.CRONDECK_E2E_LOCAL_URL = `http://127.0.0.1:${own.localPort}`;
process.env.CRONDECK_E2E_RECEIVER_PORT = String(own.receiverPort);
process.env.CRONDECK_E2E_MAIL_PORT = String(own.mailPort);

/** One is started after the other: the first builds the dashboard where that has not been done yet. */
function dashboard({ port, localPort, receiverPort, mailPort }: Lane) {
  const folder = path.join(dataFolder, String(port));
  return {
    command: 'npm start',
    url: `http://localhost:${port}/api/deployments`,
    timeout: 240_000,
    stdout: 'pipe' as const,
    gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 15_000 },
    env: {
      PORT: String(port),
      CRONDECK_LOCAL_PORT: String(localPort),
      CRONDECK_DATA_DIR: folder,
      LANGGRAPH_API_URL: '',
      CRONDECK_ALERT_HOSTS: `127.0.0.1:${receiverPort}`,
      CRONDECK_SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
      CRONDECK_ALERT_FROM: 'Crondeck <crondeck@example.com>',
      CRONDECK_DATABASE_URL: `file:${path.join(folder, 'dashboard.db')}`,
    },
  };
}

/** Beside everything else of `npm test`, which names the flows that had to try twice. Alone, none may. */
const isPartOfAll = Boolean(process.env.CRONDECK_REPORT);

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  workers: lanes.length,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  retries: isPartOfAll ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: isPartOfAll ? [['list'], ['json', { outputFile: process.env.CRONDECK_REPORT }]] : 'list',
  use: {
    baseURL: `http://localhost:${own.port}`,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1440, height: 900 },
    // What moves is missed by a click and has no contrast for axe while it fades.
    reducedMotion: 'reduce',
    // The pages as they were, step by step: filming them, and every first attempt, would cost much time.
    trace: { mode: isPartOfAll ? 'on-first-retry' : 'retain-on-failure', screenshots: false },
    launchOptions: { executablePath: ensureChromium(), args: [...chromiumArgs] },
  },
  webServer: lanes.map(dashboard),
});
