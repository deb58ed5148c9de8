import { expect, test } from '@playwright/test';
import { readdirSync, readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import path from 'node:path';
import { projectRoot, startProgram, until, type Program } from './support/processes';

// A second dashboard in front of the same deployment, configured as a customer would: URL and key in the environment.
const port = 3170;
const base = `http://localhost:${port}`;
const markerKey = 'lsv2_marker_b1946ac92492d2347c6235b4d2611184';
let keyed: Program;

test.beforeAll(async () => {
  keyed = startProgram(process.execPath, ['--import', 'tsx', 'lib/launcher/main.ts'], {
    PORT: String(port),
    LANGGRAPH_API_URL: process.env.CRONDECK_E2E_LOCAL_URL,
    LANGSMITH_API_KEY: markerKey,
    CRONDECK_DATABASE_URL: `file:${path.join(process.env.CRONDECK_E2E_DATA ?? '', 'keyed.db')}`,
  });
  await until('the dashboard with a key', 60_000, async () =>
    (await fetch(`${base}/api/deployments`)).ok ? true : null,
  );
});

test.afterAll(() => keyed.stop());

/** Status of a GET with a Host header of our choice, which fetch would not let us set. */
function statusFor(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    httpRequest({ port, host: '127.0.0.1', path: '/api/deployments', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

test('the key of a deployment is in no response and in no script', async ({ page }) => {
  const seen: string[] = [];
  page.on('response', async (response) => {
    seen.push(JSON.stringify(await response.allHeaders()), await response.text().catch(() => ''));
  });
  for (const route of [
    '/',
    '/default/crons',
    '/default/crons/new',
    '/default/settings',
    '/default/nowhere',
  ]) {
    await page.goto(`${base}${route}`);
    await page.waitForLoadState('networkidle');
  }
  for (const route of [
    '',
    '/default',
    '/default/crons',
    '/default/assistants',
    '/default/threads',
    '/default/crons/export?format=json',
    '/nowhere',
  ]) {
    const response = await page.request.get(`${base}/api/deployments${route}`);
    seen.push(JSON.stringify(response.headers()), await response.text());
  }
  const bundle = path.join(projectRoot, '.next/static');
  for (const name of readdirSync(bundle, { recursive: true, encoding: 'utf8' })) {
    if (/\.(js|css|html|json|map)$/.test(name)) seen.push(readFileSync(path.join(bundle, name), 'utf8'));
  }
  expect(seen.length).toBeGreaterThan(30);
  expect(seen.filter((text) => text.includes(markerKey))).toEqual([]);
});

test('every page forbids foreign scripts, frames and sniffing', async ({ page }) => {
  const response = await page.goto(`${base}/default/crons`);
  const headers = response?.headers() ?? {};
  expect(headers['content-security-policy']).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic';/);
  expect(headers['content-security-policy']).toContain(`frame-ancestors 'none'`);
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['x-powered-by']).toBeUndefined();
});

test('pages run without breaking their own policy', async ({ page }) => {
  const broken: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) broken.push(message.text());
  });
  for (const route of ['/default/crons', '/default/crons/new', '/default/settings']) {
    await page.goto(`${base}${route}`);
    await page.waitForLoadState('networkidle');
  }
  expect(broken).toEqual([]);
});

test('a change sent by another site is refused', async ({ request }) => {
  for (const headers of [{ origin: 'http://evil.example' }, { 'sec-fetch-site': 'cross-site' }, {}]) {
    const response = await request.post(`${base}/api/deployments/default/crons`, { headers, data: {} });
    expect(response.status()).toBe(403);
    expect((await response.json()).problem.code).toBe('cross-origin');
  }
});

test('a name re-bound to this machine is refused', async () => {
  expect(await statusFor('evil.example')).toBe(403);
  expect(await statusFor(`localhost:${port}`)).toBe(200);
});

test('only known paths of the deployment can be reached', async ({ request }) => {
  for (const route of [
    '/runs/crons/search',
    '/store/items',
    '/threads/search',
    '/crons/..%2f..%2finfo',
    '/info',
    '/mcp',
  ]) {
    const response = await request.get(`${base}/api/deployments/default${route}`);
    expect([400, 404, 405], route).toContain(response.status());
  }
});

test('a body over the limit is refused without being read to its end', async ({ request }) => {
  const response = await request.post(`${base}/api/deployments/default/crons`, {
    headers: { origin: base },
    data: { name: 'x'.repeat(6_000_000) },
  });
  expect(response.status()).toBe(413);
});
