import { CronExpressionParser } from 'cron-parser';
import { Cron } from 'croner';
import { build } from 'esbuild';
import { gzipSync } from 'node:zlib';
import { countRuns } from '@/lib/schedule/count-runs';
import { nextRun } from '@/lib/schedule/next-runs';
import { parseSchedule } from '@/lib/schedule/parse-schedule';
import { scheduleOf } from '@/lib/schedule/testing/schedule-of';

/** A fixed beginning, so that every run of the bench does the same work. */
const START = Date.UTC(2026, 1, 1, 12, 34, 56);
const DAY = 86_400_000;

function figure(name: string, value: number, unit: string, aim = ''): void {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  process.stdout.write(`figure: ${name} = ${value.toFixed(digits)} ${unit}${aim ? ` (aim ${aim})` : ''}\n`);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** Calls a second, for several walkers in turn so that a busy machine is unfair to none. */
function rates(walkers: Record<string, () => () => void>): Record<string, number> {
  const samples: Record<string, number[]> = {};
  for (let round = 0; round < 9; round += 1) {
    for (const [name, prepare] of Object.entries(walkers)) {
      const step = prepare();
      for (let warm = 0; warm < 200; warm += 1) step();
      let calls = 0;
      const begin = performance.now();
      let spent = 0;
      while (spent < 60) {
        for (let index = 0; index < 100; index += 1) step();
        calls += 100;
        spent = performance.now() - begin;
      }
      // The first rounds warm the compiler.
      if (round >= 2) (samples[name] ??= []).push((calls / spent) * 1000);
    }
  }
  return Object.fromEntries(Object.entries(samples).map(([name, list]) => [name, median(list)]));
}

/** Each walks from run to run, as a scheduler or a preview does, and begins anew after five years. */
function benchNext(label: string, text: string, zone: string): void {
  const end = START + 5 * 365 * DAY;
  const measured = rates({
    ours: () => {
      const schedule = scheduleOf(text);
      let at = START;
      return () => {
        at = nextRun(schedule, zone, at) ?? START;
        if (at > end) at = START;
      };
    },
    cronParser: () => {
      const open = () => CronExpressionParser.parse(text, { tz: zone, currentDate: new Date(START) });
      let walker = open();
      return () => {
        if (walker.next().getTime() > end) walker = open();
      };
    },
    croner: () => {
      const cron = new Cron(text, { timezone: zone });
      let at = new Date(START);
      return () => {
        at = cron.nextRun(at) ?? new Date(START);
        if (at.getTime() > end) at = new Date(START);
      };
    },
  });
  const { ours = NaN, cronParser = NaN, croner = NaN } = measured;
  figure(`schedule-next-${label}`, ours, 'runs/s');
  figure(`schedule-next-${label}-cron-parser`, cronParser, 'runs/s');
  figure(`schedule-next-${label}-croner`, croner, 'runs/s');
  figure(`schedule-next-${label}-vs-cron-parser`, ours / cronParser, 'ratio', '>= 10');
  figure(`schedule-next-${label}-vs-croner`, ours / croner, 'ratio', '>= 10');
}

/** Forms people use, with other minutes and hours each, in several zones; both sides mean the same by them. */
function mixedSchedules(count: number): { text: string; zone: string }[] {
  const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Sydney'];
  return Array.from({ length: count }, (_, index) => {
    const minute = (index * 7) % 60;
    const hour = 4 + ((index * 5) % 18);
    const forms = [
      `${minute} ${hour} * * *`,
      `${minute} ${hour} * * 1-5`,
      `${minute} * * * *`,
      '*/5 * * * *',
      '*/15 8-18 * * 1-5',
      `${minute} ${hour} * * ${index % 7}`,
      `${minute} ${hour} ${1 + (index % 28)} * *`,
      `${minute} */2 * * *`,
      `${minute},${(minute + 30) % 60} ${hour} * * *`,
      '* * * * *',
    ];
    return {
      text: forms[index % forms.length] ?? '* * * * *',
      zone: zones[(index * 3) % zones.length] ?? 'UTC',
    };
  });
}

/** Counts all of them over 30 days; the walk does a sample and is scaled up, for it would take hours. */
function benchCount(): void {
  // The window holds the clock changes of New York (8 March) and Berlin (29 March).
  const from = Date.UTC(2026, 2, 2);
  const to = from + 30 * DAY;
  const all = mixedSchedules(100_000);
  const parsed = all.map(({ text, zone }) => ({ schedule: scheduleOf(text), zone }));
  let runs = 0;
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    runs = 0;
    const begin = performance.now();
    for (const { schedule, zone } of parsed) runs += countRuns(schedule, zone, from, to);
    times.push(performance.now() - begin);
  }
  const counted = median(times);
  const parseBegin = performance.now();
  for (const { text } of all) parseSchedule(text);
  const parsing = performance.now() - parseBegin;

  const sampleSize = 50;
  const sample = all.slice(0, sampleSize);
  let walked = 0;
  const walkBegin = performance.now();
  for (const { text, zone } of sample) {
    const walker = CronExpressionParser.parse(text, { tz: zone, currentDate: new Date(from - 1) });
    while (walker.next().getTime() < to) walked += 1;
  }
  const walk = ((performance.now() - walkBegin) * all.length) / sampleSize;
  const sampleRuns = parsed
    .slice(0, sampleSize)
    .reduce((sum, { schedule, zone }) => sum + countRuns(schedule, zone, from, to), 0);
  process.stdout.write(
    `counted ${runs} runs; of the sample ${sampleRuns} counted, ${walked} walked by cron-parser\n`,
  );
  figure('schedule-count-100k', counted, 'ms');
  figure('schedule-parse-100k', parsing, 'ms');
  figure('schedule-count-100k-walk', walk, 'ms');
  figure('schedule-count-100k-vs-walk', walk / counted, 'ratio', '>= 100');
}

/** What a browser downloads of this folder; libraries that are fetched on demand or belong to others are left out. */
async function bundleKilobytes(entries: readonly string[]): Promise<number> {
  const contents = entries.map((entry) => `export * from '@/lib/schedule/${entry}';`).join('\n');
  const result = await build({
    stdin: { contents, resolveDir: process.cwd(), loader: 'ts' },
    alias: { '@': process.cwd() },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    external: ['cronstrue', 'cronstrue/*', 'cron-parser'],
  });
  return gzipSync(result.outputFiles[0]?.contents ?? new Uint8Array(), { level: 9 }).length / 1000;
}

async function main(): Promise<void> {
  benchNext('5min-ny', '*/5 * * * *', 'America/New_York');
  benchNext('weekdays-berlin', '0 9 * * 1-5', 'Europe/Berlin');
  benchCount();
  // The aim is meant for what every page needs; the forms and the sentences come with the builder alone.
  const runs = ['parse-schedule', 'next-runs', 'count-runs'];
  const words = ['describe-schedule', 'zone', 'schedule-notes', 'verdict', 'find-reading'];
  figure('schedule-bundle-gzip', await bundleKilobytes(runs), 'kB', '< 12');
  figure('schedule-bundle-with-words-gzip', await bundleKilobytes([...runs, ...words]), 'kB');
  figure(
    'schedule-bundle-all-gzip',
    await bundleKilobytes([...runs, ...words, 'fields', 'from-sentence']),
    'kB',
  );
}

await main();
