import { nextRun } from '@/lib/schedule/next-runs';
import { parseSchedule } from '@/lib/schedule/parse-schedule';
import { companies, filler, glue, hostileNames, jobs, people, zones } from './words';
import { pick, randomFrom, uuidFrom } from './random';

/** What the generator makes. The same options give the same deployment, whatever the clock says but for `nowMs`. */
export type FixtureOptions = {
  readonly crons: number;
  readonly assistants: number;
  readonly threads: number;
  readonly seed: number;
  readonly nowMs: number;
};

export const defaultFixture = { crons: 1000, assistants: 40, threads: 30_000, seed: 1 } as const;

export type WireCron = {
  cron_id: string;
  assistant_id: string;
  thread_id: string | null;
  on_run_completed: string | null;
  end_time: string | null;
  schedule: string;
  timezone: string | null;
  created_at: string;
  updated_at: string;
  user_id: string;
  payload: Record<string, unknown>;
  next_run_date: string | null;
  metadata: Record<string, unknown>;
  enabled: boolean;
};
export type WireAssistant = {
  assistant_id: string;
  graph_id: string;
  name: string;
  metadata: Record<string, unknown>;
  created_at: string;
  updated_at: string;
};
export type WireThread = {
  thread_id: string;
  metadata: Record<string, unknown>;
  values: unknown;
  status: string;
  created_at: string;
  updated_at: string;
};
export type Fixture = {
  readonly crons: WireCron[];
  readonly assistants: WireAssistant[];
  readonly threads: WireThread[];
};

const dayMs = 86_400_000;

/** A text about something: it repeats the words of its subject, as prompts do, and few prompts share a subject. */
function sentence(bytes: number, random: () => number): string {
  const subject = Array.from({ length: 14 }, () => pick(filler, random));
  let text = '';
  while (text.length < bytes) text += `${random() < 0.4 ? pick(glue, random) : pick(subject, random)} `;
  return text.trimEnd();
}

/** From 0.2 to 4 kB, small ones being common: each doubling of the size is equally likely. */
function inputBytes(random: () => number): number {
  return Math.round(200 * 20 ** random());
}

function anExpression(random: () => number): string {
  const minute = Math.floor(random() * 60);
  const hour = Math.floor(random() * 24);
  const kind = random();
  if (kind < 0.04) return '*/5 * * * *';
  if (kind < 0.12) return `*/${pick([10, 15, 20, 30], random)} * * * *`;
  if (kind < 0.3) return `${minute} * * * *`;
  if (kind < 0.65) return `${Math.floor(minute / 5) * 5} ${hour} * * *`;
  if (kind < 0.85) return `${Math.floor(minute / 15) * 15} ${hour} * * 1-5`;
  if (kind < 0.95) return `0 ${hour} * * ${Math.floor(random() * 7)}`;
  if (kind < 0.995) return `30 ${hour} ${1 + Math.floor(random() * 28)} * *`;
  return '0 0 30 2 *';
}

/** The first run after `nowMs` as the wire says it; null where there is none. */
export function nextRunDate(text: string, zone: string | null, nowMs: number): string | null {
  const schedule = parseSchedule(text);
  const next = schedule.ok ? nextRun(schedule.value, zone ?? 'UTC', nowMs) : null;
  return next === null ? null : new Date(next).toISOString();
}

function aCron(
  index: number,
  fixture: Omit<Fixture, 'crons'>,
  options: FixtureOptions,
  random: () => number,
): WireCron {
  const assistant = pick(fixture.assistants, random);
  const onThread = random() < 0.4;
  const orphan = random() < 0.005;
  const thread = pick(fixture.threads, random);
  const threadId = !onThread ? null : orphan ? uuidFrom(options.threads + index, random) : thread.thread_id;
  const created = new Date(
    options.nowMs - 90 * dayMs + Math.floor((index / options.crons) * 89 * dayMs),
  ).toISOString();
  const expression = anExpression(random);
  const zone = random() < 0.3 ? null : pick(zones, random);
  const name =
    random() < 0.001
      ? pick(hostileNames, random)
      : `${pick(companies, random)} ${pick(jobs, random)} ${index % 977}`;
  const metadata: Record<string, unknown> = {
    tenant: `t-${index % 4000}`,
    ...(random() < 0.8 ? { name } : {}),
    ...(random() < 0.5 ? { owner: `${pick(people, random)}@example.com` } : {}),
  };
  const input = { messages: [{ role: 'user', content: sentence(inputBytes(random), random) }] };
  const onRunCompleted = threadId === null ? (random() < 0.7 ? 'delete' : 'keep') : null;
  const endTime =
    random() < 0.05 ? new Date(options.nowMs + (random() - 0.4) * 60 * dayMs).toISOString() : null;
  const enabled = random() < 0.9;
  const id = uuidFrom(index, random);
  return {
    cron_id: id,
    assistant_id: assistant.assistant_id,
    thread_id: threadId,
    on_run_completed: onRunCompleted,
    end_time: endTime,
    schedule: expression,
    timezone: zone,
    created_at: created,
    updated_at: created,
    user_id: '',
    payload: {
      assistant_id: assistant.assistant_id,
      schedule: expression,
      timezone: zone,
      input,
      metadata,
      config: { configurable: { cron_id: id } },
    },
    next_run_date: nextRunDate(expression, zone, options.nowMs),
    metadata,
    enabled,
  };
}

/** Makes a deployment's data: realistic names, inputs of 0.2 to 4 kB, duplicates, orphans, ended and paused crons, several zones. */
export function makeFixture(options: FixtureOptions): Fixture {
  const random = randomFrom(options.seed);
  const at = new Date(options.nowMs - 100 * dayMs).toISOString();
  const assistants = Array.from({ length: options.assistants }, (_, index): WireAssistant => {
    const job = jobs[index % jobs.length] as string;
    return {
      assistant_id: uuidFrom(index, random),
      graph_id: pick(['agent', 'digest', 'triage', 'report'], random),
      name: `${pick(companies, random)} ${job} agent`,
      metadata: {},
      created_at: at,
      updated_at: at,
    };
  });
  const threads = Array.from({ length: options.threads }, (_, index): WireThread => {
    const title = `${pick(companies, random)} ${pick(jobs, random)} thread ${index}`;
    const values = { messages: [{ type: 'human', content: `Please keep ${title} going` }] };
    return {
      thread_id: uuidFrom(index, random),
      metadata: random() < 0.7 ? { title } : {},
      values,
      status: 'idle',
      created_at: at,
      updated_at: at,
    };
  });
  const crons: WireCron[] = [];
  for (let index = 0; index < options.crons; index += 1) {
    const cron = aCron(index, { assistants, threads }, options, random);
    const twin = crons[index - 1];
    // One in fifty is what a deploy script made twice: the same work under another id.
    crons.push(
      twin && random() < 0.02
        ? { ...twin, cron_id: cron.cron_id, created_at: cron.created_at, updated_at: cron.updated_at }
        : cron,
    );
  }
  return { crons, assistants, threads };
}
