import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createPriceBook } from '../cost/price-book';
import { priceSettingsSchema } from '../cost/price-settings';
import { benchIndex } from '../cron-index/bench-index.test-data';
import type { CronIndex } from '../cron-index/cron-index';
import { nowMs } from './bench/bench-month';
import { countingFigures } from './bench/counting-figures';
import { feedFigures } from './bench/feed-figures';
import { pastFigures } from './bench/past-figures';

// The calendar of 100,000 crons over 30 days on the server: counted, against walking every run. Chromium's part stands in e2e.
const crons = Number(process.env.BENCH_CRONS ?? 100_000);
const port = Number(process.env.BENCH_PORT ?? 3135);
const url = `http://127.0.0.1:${port}`;

async function withIndex(act: (index: CronIndex) => Promise<void>): Promise<void> {
  const main = path.resolve(import.meta.dirname, '../../../e2e/bench-deployment/main.ts');
  const options = ['--port', String(port), '--crons', String(crons), '--still'];
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const index = benchIndex(url, Date.now);
  try {
    await once(child.stdout, 'data');
    const filled = await index.refresh();
    if (!filled.ok) throw new Error(filled.error.message);
    await index.settled();
    await act(index);
  } finally {
    index.close();
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}

/** Three assistants of four have a price. */
function setPrices(index: CronIndex): void {
  const priced = index.set.assistants.things.filter((_, place) => place % 4 !== 0);
  const handSet = Object.fromEntries(
    priced.map(({ id }, place) => [id, { kind: 'per-run', amount: 0.001 * (place + 1) }]),
  );
  const book = createPriceBook(priceSettingsSchema.parse({ handSet }));
  index.insight.learn({ book, budgets: [], measured: [] });
}

await withIndex(async (index) => {
  setPrices(index);
  index.set.refreshStatuses(nowMs);
  await countingFigures(index);
  feedFigures(index);
  await pastFigures(index);
});
