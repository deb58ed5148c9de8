import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { figure, percentile } from '../bench/figures';
import { api, type CreatedCron } from './api';
import { startEngine } from './engine-process';

// npm run soak [-- --minutes 10 --crons 2000 --port P]
// Every cron fires once in five minutes, spread evenly over the seconds. Prints lateness and memory.

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    crons: { type: 'string', default: '2000' },
    port: { type: 'string', default: '2118' },
  },
});
const minutes = Number(values.minutes);
const wanted = Number(values.crons);

const PERIOD_MINUTES = 5;
const AT_ONCE = 8;
const MB = 1_000_000;

async function memory(base: string): Promise<{ rss: number; heap: number }> {
  const text = await (await fetch(`${base}/crondeck/metrics`)).text();
  const read = (name: string) => Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1]) / MB;
  return { rss: read('process_resident_memory_bytes'), heap: read('nodejs_heap_size_used_bytes') };
}

const folder = await mkdtemp(path.join(tmpdir(), 'crondeck-soak-'));
const base = `http://127.0.0.1:${values.port}`;
const engine = startEngine('lib/engine/main.ts', ['--port', values.port, '--data', folder]);
await engine.ready;
const client = api(base);

const crons: CreatedCron[] = [];
async function create(n: number): Promise<void> {
  const slot = n % (PERIOD_MINUTES * 60);
  const created = await client.call('POST', '/runs/crons', {
    assistant_id: n % 2 ? 'digest' : 'assistant',
    schedule: `${Math.floor(slot / 60)}-59/${PERIOD_MINUTES} * * * * ${slot % 60}`,
    input: n % 2 ? { topic: 'soak', sources: ['a'] } : { messages: [{ role: 'user', content: 'hello' }] },
    on_run_completed: n % 10 === 0 ? 'keep' : 'delete',
  });
  const cron = created.json as { cron_id: string; created_at: string };
  crons.push({ cronId: cron.cron_id, second: slot, createdAtMs: Date.parse(cron.created_at) });
}
for (let n = 0; n < wanted; n += AT_ONCE) {
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, wanted - n) }, (_, index) => create(n + index)));
}

const startMs = Date.now();
const before = await memory(base);
for (let minute = 1; minute <= minutes; minute += 1) {
  await sleep(60_000);
  const { rss, heap } = await memory(base);
  process.stdout.write(`minute ${minute}: resident ${rss.toFixed(0)} MB, heap ${heap.toFixed(0)} MB\n`);
}
const endMs = Date.now();
const after = await memory(base);

const late: number[] = [];
let missing = 0;
for (const cron of crons) {
  const firings = await client.firings(cron.cronId);
  const inside = firings.filter((it) => {
    const at = Date.parse(it.scheduled_for);
    return at > startMs && at < endMs - 5000;
  });
  missing += inside.filter((it) => it.late_by_ms === null).length;
  late.push(...inside.flatMap((it) => (it.late_by_ms === null ? [] : [it.late_by_ms])));
}
figure('soak-firings', late.length, 'firings');
figure('soak-not-fired', missing, 'firings', '= 0');
figure('soak-lateness-median', percentile(late, 0.5), 'ms');
figure('soak-lateness-p99', percentile(late, 0.99), 'ms');
figure('soak-memory-start', before.rss, 'MB');
figure('soak-memory-end', after.rss, 'MB');
figure('soak-heap-start', before.heap, 'MB');
figure('soak-heap-end', after.heap, 'MB');
await engine.terminate();
await rm(folder, { recursive: true, force: true });
process.exit(missing === 0 ? 0 : 1);
