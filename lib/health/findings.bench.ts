import type { Cron } from '@/lib/crons/cron';
import { assistantIdSchema, cronIdSchema, threadIdSchema } from '@/lib/crons/ids';
import { parseSchedule, type Schedule } from '@/lib/schedule/parse-schedule';
import { known, notKnown, type CronFacts, type RunFact } from './cron-facts';
import { createFindingsIndex } from './findings-index';

// A deployment of 100,000 crons as they come: 400 schedules in five zones, inputs of some hundred bytes, a third on fixed
// threads, 20 known runs for every tenth, one in twenty with something wrong, 2 % left behind by a deploy script.
const crons = 100_000;
const now = Date.UTC(2026, 10, 21, 12, 10);
const hour = 3_600_000;
const day = 24 * hour;
const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Sydney'];

const guid = (kind: number, number: number) =>
  `${kind.toString(16).padStart(8, '0')}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
const schedules: Schedule[] = Array.from({ length: 400 }, (_, index) => {
  const parsed = parseSchedule(
    `${(index * 7) % 60} ${index % 5 === 0 ? '*' : (index * 5) % 24} * * ${index % 3 === 0 ? '1-5' : '*'}`,
  );
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
});
const runs: readonly RunFact[] = Array.from({ length: 20 }, (_, index) => ({
  runId: null,
  status: 'success',
  startedMs: now - index * day,
  scheduledMs: now - index * day,
  endedMs: now - index * day + 20_000,
  error: null,
  resultHash: `${index}`,
}));

function cronAt(number: number): Cron {
  // Every fiftieth repeats the one before it under a new id.
  const same = number % 50 === 49 ? number - 1 : number;
  const target =
    same % 3 === 0
      ? { kind: 'thread' as const, threadId: threadIdSchema.parse(guid(2, same)) }
      : { kind: 'new-thread' as const, afterRun: 'keep' as const };
  const schedule = schedules[same % schedules.length];
  return {
    cronId: cronIdSchema.parse(guid(1, number)),
    assistantId: assistantIdSchema.parse(guid(3, same % 40)),
    target,
    schedule: schedule?.text ?? '',
    zone: zones[same % zones.length] ?? 'UTC',
    enabled: number % 17 !== 0,
    end: number % 101 === 0 ? { kind: 'at', atMs: now - day, text: '' } : { kind: 'never' },
    createdMs: now - 90 * day + number,
    updatedMs: now - 60 * day,
    nextRunMs: number % 500 === 3 ? now - hour : now + (number % 24) * hour + 1,
    userId: null,
    metadata: number % 97 === 0 ? {} : { name: `Report ${number}`, owner: 'ops' },
    payload: {
      input: {
        messages: [
          {
            role: 'user',
            content: `Write report ${same} about what happened since yesterday and send it to the team.`,
          },
        ],
        depth: same % 7,
      },
      config: { configurable: { cron_id: guid(1, number), tenant: `t${same % 300}` } },
    },
  };
}

function factsAt(number: number): CronFacts {
  const cron = cronAt(number);
  return {
    cron,
    schedule: schedules[(number % 50 === 49 ? number - 1 : number) % schedules.length] ?? null,
    seenMs: now,
    server: { kind: 'langgraph', inMemory: known(false) },
    assistant: known({ exists: number % 211 !== 0 }),
    thread: known({ exists: true, status: 'idle', messages: known(number % 250), growth: notKnown }),
    history:
      number % 10 === 0
        ? known({ runs, complete: true, sinceMs: now - 19 * day, untilMs: null, skipped: 0, from: 'firings' })
        : notKnown,
    keptThreads: notKnown,
    pausedSinceMs: notKnown,
    deployedMs: notKnown,
  };
}

const all = Array.from({ length: crons }, (_, number) => factsAt(number));
globalThis.gc?.();

/** Processor time (ms) of this process: what it takes of one core, whatever else the machine does. */
function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1000;
}

const index = createFindingsIndex();
const wholeMs = processorMs(() => {
  for (const facts of all) index.put(facts, now);
  index.read(now);
});
const found = index.read(now);
const changed = all.slice(0, 1000).map((facts) => ({ ...facts, seenMs: now + 60_000 }));
const changedMs = processorMs(() => {
  for (const facts of changed) index.put(facts, now + 60_000);
  index.read(now + 60_000);
});
const unchangedMs = processorMs(() => index.read(now + 61_000));

const total = [...found.byCron.values()].reduce((sum, findings) => sum + findings.length, 0);
if (total < crons / 30) throw new Error(`only ${total} findings: the crons of this bench are too healthy`);
console.log(
  `${total} findings about ${found.byCron.size} of ${crons} crons, ${found.scheduler.overdue} overdue`,
);
console.log(`figure: findings-100k = ${(wholeMs / 1000).toFixed(2)} s (aim < 2)`);
console.log(`figure: findings-1000-changed = ${changedMs.toFixed(0)} ms`);
console.log(`figure: findings-unchanged = ${unchangedMs.toFixed(1)} ms`);
