import { defineConfig } from '@playwright/test';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromiumArgs, ensureChromium } from './e2e/support/chromium';

// Lanes run side by side, each with a dashboard and a deployment of its own.
const lane = Number(process.env.CRONDECK_E2E_LANE ?? 0);
const port = 3199 - lane * 20;
const localPort = 2199 - lane * 20;
/** Where the flows listen for alerts. */
const receiverPort = port - 1;
const mailPort = port - 2;

// Each run has its own data: the workers inherit the folder through the environment.
process.env.CRONDECK_E2E_DATA ??= mkdtempSync(path.join(tmpdir(), 'crondeck-e2e-'));
process.env.CRONDECK_E2E_LOCAL_URL = `http://127.0.0.1:${localPort}`;
process.env.CRONDECK_E2E_RECEIVER_PORT = String(receiverPort);
process.env.CRONDECK_E2E_MAIL_PORT = String(mailPort);

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  // One deployment is shared by all flows of a lane.
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // Beside everything else of `npm test` a flow may try twice; one that had to is named there. Alone it may not.
  retries: process.env.CRONDECK_REPORT ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  outputDir: `test-results/lane-${lane}`,
  reporter: process.env.CRONDECK_REPORT
    ? [['list'], ['json', { outputFile: process.env.CRONDECK_REPORT }]]
    : 'list',
  use: {
    baseURL: `http://localhost:${port}`,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1440, height: 900 },
    // What moves is missed by a click and has no contrast for axe while it fades.
    reducedMotion: 'reduce',
    // The pages as they were, step by step; filming them as well would cost every flow a tenth of its time.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: { executablePath: ensureChromium(), args: [...chromiumArgs] },
  },
  webServer: {
    command: 'npm start',
    url: `http://localhost:${port}/api/deployments`,
    timeout: 240_000,
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    env: {
      PORT: String(port),
      CRONDECK_LOCAL_PORT: String(localPort),
      CRONDECK_DATA_DIR: process.env.CRONDECK_E2E_DATA,
      LANGGRAPH_API_URL: '',
      CRONDECK_ALERT_HOSTS: `127.0.0.1:${receiverPort}`,
      CRONDECK_SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
      CRONDECK_ALERT_FROM: 'Crondeck <crondeck@example.com>',
      CRONDECK_DATABASE_URL: `file:${path.join(process.env.CRONDECK_E2E_DATA, 'dashboard.db')}`,
    },
  },
});
