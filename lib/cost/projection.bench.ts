import { parseSchedule, type Schedule } from '@/lib/schedule/parse-schedule';
import type { CronId } from '@/lib/crons/ids';
import type { CostEstimate } from './estimate-run-cost';
import { projectCost, toReceiptRow } from './project-cost';
import { receiptOf } from './receipt';
import { rememberingRunCounter } from './run-counter';

// What the crons page needs when its prices change: the projection of 100,000 crons and their sum.
const crons = 100_000;
const now = Date.UTC(2026, 10, 21, 12, 10);
const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Sydney'];
const schedules: Schedule[] = Array.from({ length: 400 }, (_, index) => {
  const parsed = parseSchedule(
    `${index % 60} ${index % 5 === 0 ? '*' : index % 24} * * ${index % 3 === 0 ? '1-5' : '*'}`,
  );
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
});
const estimate: CostEstimate = {
  source: 'measured-own',
  perRun: 0.0123,
  low: 0.01,
  high: 0.02,
  sample: 20,
  unknownRuns: 0,
  atLeast: false,
  certainty: 'good',
};

const before = process.cpuUsage();
const count = rememberingRunCounter();
const rows = Array.from({ length: crons }, (_, number) => {
  const subject = {
    schedule: schedules[number % schedules.length] ?? null,
    zone: zones[number % zones.length] ?? 'UTC',
    enabled: number % 17 !== 0,
    endMs: null,
    estimate,
    growth: null,
    windowTokens: null,
  };
  return toReceiptRow(`${number}` as CronId, projectCost(subject, now, count));
});
const receipt = receiptOf(rows);
const used = process.cpuUsage(before);
console.log(`${receipt.runsAMonth} runs a month, ${((receipt.monthMicros ?? 0) / 1e6).toFixed(2)} in all`);
console.log(`figure: projection-100k = ${((used.user + used.system) / 1e6).toFixed(2)} s`);
