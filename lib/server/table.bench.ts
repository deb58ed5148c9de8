import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { figure, median, percentile } from '@/e2e/bench/figures';
import { companies, filler, jobs, people } from '@/e2e/bench-deployment/words';
import { pick, randomFrom } from '@/e2e/bench-deployment/random';
import {
  cronSortColumns,
  cronStatusCodes,
  frequencyBands,
  targetKinds,
  type CronQuery,
} from '@/lib/crons/cron-list';
import { cronQuerySchema } from '@/lib/crons/cron-query';
import { benchIndex } from './cron-index/bench-index.test-data';
import type { CronIndex } from './cron-index/cron-index';
import { searchTerms } from './cron-index/search-terms';

// Parts (a) to (c) of the table bench: filling, querying and holding 100,000 crons.
const crons = Number(process.env.BENCH_CRONS ?? 100_000);
const port = Number(process.env.BENCH_PORT ?? 3129);
const url = `http://127.0.0.1:${port}`;
const pageSize = 1000;
const parallel = 4;
const stride = pageSize - 20;

async function startDeployment(): Promise<ChildProcess> {
  const main = path.resolve(import.meta.dirname, '../../e2e/bench-deployment/main.ts');
  // A process of its own: it must not share the event loop with what is measured.
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', main, '--port', String(port), '--crons', String(crons), '--still'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await once(child.stdout, 'data');
  return child;
}

/** Fetches the same pages with the same parallelism and does nothing but read the JSON. */
async function bareLoop(): Promise<number> {
  const start = performance.now();
  const pages = Math.ceil(crons / stride);
  let next = 0;
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      while (next < pages) {
        const offset = next * stride;
        next += 1;
        const body = JSON.stringify({ limit: pageSize, offset, sort_by: 'created_at', sort_order: 'asc' });
        const reply = await fetch(`${url}/runs/crons/search`, {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/json' },
        });
        await reply.json();
      }
    }),
  );
  return performance.now() - start;
}

async function filledIndex(): Promise<{ readonly index: CronIndex; readonly ms: number }> {
  const index = benchIndex(url, Date.now);
  const start = performance.now();
  const done = await index.refresh();
  if (!done.ok) throw new Error(done.error.message);
  return { index, ms: performance.now() - start };
}

async function fillRatio(): Promise<void> {
  const bare: number[] = [];
  const filled: number[] = [];
  const ratios: number[] = [];
  const firstSearches: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    const bareMs = await bareLoop();
    const { index, ms } = await filledIndex();
    const searchStart = performance.now();
    index.queries.run(cronQuerySchema.parse({ q: 'invoice' }), Date.now());
    const searchMs = performance.now() - searchStart;
    index.close();
    // The first round warms the server's page cache and the code of both.
    if (round === 0) continue;
    bare.push(bareMs);
    filled.push(ms);
    ratios.push(ms / bareMs);
    firstSearches.push(searchMs);
  }
  figure('table-bare-fill', median(bare), 'ms');
  figure('table-fill', median(filled), 'ms');
  figure('table-fill-ratio', median(ratios), 'x', '<= 1.3');
  // The first search may come before the texts it looks into are made between other work.
  figure('table-search-when-just-filled', median(firstSearches), 'ms');
}

function randomQuery(random: () => number): CronQuery {
  const word = () => {
    const kind = random();
    if (kind < 0.3) return pick(filler, random).slice(0, 2 + Math.floor(random() * 6));
    if (kind < 0.6) return pick(companies, random).toLowerCase();
    if (kind < 0.8) return `${pick(people, random)}@`;
    return `${pick(jobs, random)} ${Math.floor(random() * 977)}`;
  };
  return cronQuerySchema.parse({
    q: random() < 0.8 ? word() : '',
    status: random() < 0.3 ? [pick(cronStatusCodes, random)] : [],
    often: random() < 0.2 ? [pick(frequencyBands, random)] : [],
    target: random() < 0.1 ? [pick(targetKinds, random)] : [],
    sort: pick(cronSortColumns, random),
    order: random() < 0.5 ? 'asc' : 'desc',
    offset: random() < 0.3 ? Math.floor(random() * 5000) : 0,
  });
}

/** What a query costs at least: looking for its words in the same texts, one by one. */
function bareScan(texts: readonly string[], q: string): number {
  const start = performance.now();
  let found = 0;
  for (const term of searchTerms(q)) for (const text of texts) if (text.includes(term)) found += 1;
  if (found < 0) throw new Error('unreachable');
  return performance.now() - start;
}

function queryFigures(index: CronIndex): void {
  const random = randomFrom(11);
  const queries = Array.from({ length: 300 }, () => randomQuery(random));
  const { texts } = index.set.columns;
  const nowMs = Date.now();
  for (const sort of cronSortColumns) index.queries.run(cronQuerySchema.parse({ sort, q: 'warm' }), nowMs);
  const took: number[] = [];
  const scans: number[] = [];
  for (const query of queries) {
    const start = performance.now();
    index.queries.run(query, nowMs);
    took.push(performance.now() - start);
    if (query.q !== '') scans.push(bareScan(texts, query.q));
  }
  figure('table-query-p50', percentile(took, 0.5), 'ms');
  figure('table-query-p95', percentile(took, 0.95), 'ms', '<= 50');
  figure('table-scan-p95', percentile(scans, 0.95), 'ms');
  figure('table-scan-ratio-p95', percentile(took, 0.95) / percentile(scans, 0.95), 'x', '<= 3');
}

function usedBytes(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + (arrayBuffers > external ? arrayBuffers - external : 0);
}

const deployment = await startDeployment();
try {
  const before = usedBytes();
  const { index } = await filledIndex();
  await index.settled();
  const held = (usedBytes() - before) / index.set.columns.size;
  const characters = index.set.columns.texts.reduce((sum, text) => sum + text.length, 0);
  figure('table-text-per-cron', characters / index.set.columns.size, 'characters');
  figure('table-memory-per-cron', held, 'bytes', '<= 4096');
  await fillRatio();
  queryFigures(index);
  index.close();
} finally {
  deployment.kill();
}
