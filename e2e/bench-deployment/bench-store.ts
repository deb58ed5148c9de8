import { parseSchedule } from '@/lib/schedule/parse-schedule';
import { nextRun } from '@/lib/schedule/next-runs';
import { isServerZone } from '@/lib/schedule/zone';
import { CronRows } from './cron-rows';
import {
  makeFixture,
  nextRunDate,
  type FixtureOptions,
  type WireAssistant,
  type WireCron,
  type WireThread,
} from './fixture';
import type { Faults } from './faults';
import { randomFrom, uuidFrom } from './random';

export type Body = Readonly<Record<string, unknown>>;
export type BenchRun = {
  readonly run_id: string;
  readonly thread_id: string;
  readonly assistant_id: string;
  readonly status: 'pending';
  readonly body: Body;
};
/** An answer of the API: status and JSON. */
export type Reply = { readonly status: 200 | 400 | 404 | 422; readonly json: object };

function textOr(value: unknown, fallback: string | null): string | null {
  return typeof value === 'string' ? value : fallback;
}

function scheduleProblem(schedule: unknown, zone: unknown): string | null {
  if (zone !== undefined && zone !== null && (typeof zone !== 'string' || !isServerZone(zone)))
    return `Invalid timezone: '${String(zone)}'. Use IANA timezone format (e.g. 'America/New_York').`;
  if (schedule === undefined) return null;
  if (typeof schedule === 'string' && parseSchedule(schedule).ok) return null;
  return `Invalid cron schedule: '${String(schedule)}'.`;
}

/** What the bench deployment holds, and what its API does with it. */
export class BenchStore {
  readonly crons: CronRows;
  readonly assistants: Map<string, WireAssistant>;
  readonly threads: Map<string, WireThread>;
  readonly runs: BenchRun[] = [];
  private readonly random: () => number;
  private made: number;

  constructor(
    options: FixtureOptions,
    private readonly now: () => number,
    private readonly faults: Pick<Faults, 'keepsEndAsText'>,
  ) {
    const fixture = makeFixture(options);
    this.crons = new CronRows(fixture.crons);
    this.assistants = new Map(fixture.assistants.map((item) => [item.assistant_id, item]));
    this.threads = new Map(fixture.threads.map((item) => [item.thread_id, item]));
    this.random = randomFrom(options.seed + 99);
    this.made = options.crons;
  }

  createCron(body: Body, threadId: string | null): Reply {
    const wanted = body.assistant_id;
    const assistant = [...this.assistants.values()].find(
      (item) => item.assistant_id === wanted || item.graph_id === wanted,
    );
    if (!assistant) return { status: 404, json: { detail: `Assistant '${String(wanted)}' not found` } };
    if (threadId !== null && !this.threads.has(threadId)) return noThread(threadId);
    const problem = scheduleProblem(body.schedule ?? null, body.timezone);
    if (problem) return { status: 422, json: { detail: problem } };
    const zone = textOr(body.timezone, null);
    const at = this.timestamp();
    const row: WireCron = {
      cron_id: this.nextId(),
      assistant_id: assistant.assistant_id,
      thread_id: threadId,
      on_run_completed: threadId === null ? textOr(body.on_run_completed, 'delete') : null,
      end_time: this.endTime(body.end_time, null),
      schedule: String(body.schedule),
      timezone: zone,
      created_at: at,
      updated_at: at,
      user_id: '',
      payload: { ...body, assistant_id: assistant.assistant_id },
      next_run_date: nextRunDate(String(body.schedule), zone, this.now()),
      metadata: { ...(body.metadata as Body | undefined) },
      enabled: body.enabled !== false,
    };
    this.crons.add(row);
    return { status: 200, json: row };
  }

  patchCron(id: string, body: Body): Reply {
    const row = this.crons.get(id);
    if (!row) return { status: 404, json: { detail: `Cron '${id}' not found` } };
    if (Object.keys(body).length === 0)
      return { status: 400, json: { detail: 'Request body cannot be empty' } };
    const problem = scheduleProblem(body.schedule, body.timezone);
    if (problem) return { status: 422, json: { detail: problem } };
    const schedule = textOr(body.schedule, row.schedule) ?? '';
    const timezone = textOr(body.timezone, row.timezone);
    const rescheduled = body.schedule !== undefined || body.timezone !== undefined;
    const changed: WireCron = {
      ...row,
      schedule,
      timezone,
      enabled: typeof body.enabled === 'boolean' ? body.enabled : row.enabled,
      end_time: body.end_time === null ? null : this.endTime(body.end_time, row.end_time),
      metadata: { ...row.metadata, ...(body.metadata as Body | undefined) },
      payload: { ...row.payload, ...body, assistant_id: row.assistant_id },
      next_run_date: rescheduled ? nextRunDate(schedule, timezone, this.now()) : row.next_run_date,
      updated_at: this.timestamp(),
    };
    this.crons.replace(changed);
    return { status: 200, json: changed };
  }

  createThread(body: Body): WireThread {
    const at = this.timestamp();
    const thread: WireThread = {
      thread_id: textOr(body.thread_id, null) ?? this.nextId(),
      metadata: { ...(body.metadata as Body | undefined) },
      values: null,
      status: 'idle',
      created_at: at,
      updated_at: at,
    };
    this.threads.set(thread.thread_id, thread);
    return thread;
  }

  createRun(body: Body, threadId: string | null): Reply {
    if (threadId !== null && !this.threads.has(threadId)) return noThread(threadId);
    const run: BenchRun = {
      run_id: this.nextId(),
      thread_id: threadId ?? this.nextId(),
      assistant_id: String(body.assistant_id),
      status: 'pending',
      body,
    };
    this.runs.push(run);
    return { status: 200, json: run };
  }

  /** Fires what is due: moves next_run_date and leaves updated_at alone, as real servers do. Returns how many fired. */
  fire(nowMs: number): number {
    const next = new Map<string, string | null>();
    for (const row of this.crons.all()) {
      if (!row.enabled || row.next_run_date === null || Date.parse(row.next_run_date) > nowMs) continue;
      if (row.end_time !== null && Date.parse(row.end_time) < nowMs) continue;
      const schedule = parseSchedule(row.schedule);
      const at = schedule.ok ? nextRun(schedule.value, row.timezone ?? 'UTC', nowMs) : null;
      next.set(row.cron_id, at === null ? null : new Date(at).toISOString());
    }
    if (next.size > 0) this.crons.advance(next);
    return next.size;
  }

  private endTime(value: unknown, fallback: string | null): string | null {
    if (typeof value !== 'string') return fallback;
    const isText = this.faults.keepsEndAsText || Number.isNaN(Date.parse(value));
    return isText ? value : new Date(value).toISOString().replace('Z', '+00:00');
  }

  private nextId(): string {
    this.made += 1;
    return uuidFrom(this.made, this.random);
  }

  private timestamp(): string {
    return new Date(this.now()).toISOString();
  }
}

function noThread(threadId: string): Reply {
  return { status: 404, json: { detail: `Thread with ID '${threadId}' not found.` } };
}
