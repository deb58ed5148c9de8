import { describe, expect, it } from 'vitest';
import { makeFixture, type WireCron } from '@/e2e/bench-deployment/fixture';
import { pick, randomFrom } from '@/e2e/bench-deployment/random';
import type { Cron } from '@/lib/crons/cron';
import {
  cronSortColumns,
  cronStatusCodes,
  frequencyBands,
  targetKinds,
  type CronQuery,
  type CronRow,
} from '@/lib/crons/cron-list';
import { cronQuerySchema } from '@/lib/crons/cron-query';
import { parseCron } from '@/lib/crons/parse-cron';
import { runStatuses, type RunStatus } from '@/lib/crons/run';
import { textInside } from '@/lib/crons/input-text';
import { CronSet } from './cron-set';
import { CronQueries } from './run-query';
import { frequencyBand } from './schedule-table';

const now = Date.UTC(2026, 10, 21, 12);
const day = 86_400_000;

function parsed(wire: WireCron): Cron {
  const cron = parseCron(wire);
  if (!cron.ok) throw new Error(cron.error.message);
  return cron.value;
}

const fixture = makeFixture({ crons: 1200, assistants: 12, threads: 300, seed: 3, nowMs: now });
const crons = fixture.crons.map(parsed);

function filledSet(): CronSet {
  const set = new CronSet(false);
  for (const cron of crons) set.upsert(cron, now);
  for (const item of fixture.assistants)
    set.assistants.learn(item.assistant_id, { name: item.name, graphId: item.graph_id }, now);
  for (const item of fixture.threads.slice(0, 250))
    set.threads.learn(
      item.thread_id,
      { name: String(item.metadata.title ?? 'Untitled thread'), graphId: null },
      now,
    );
  for (const item of fixture.threads.slice(250, 270)) set.threads.markGone(item.thread_id, now);
  // The ledger knows a run of two crons in three.
  for (let slot = 0; slot < set.columns.used; slot += 1) {
    if (slot % 3 === 0) continue;
    set.columns.lastRunMs[slot] = now - ((slot * 7919) % 1000) * 60_000;
    set.columns.lastRunStatus[slot] = slot % runStatuses.length;
  }
  return set;
}

const set = filledSet();
const queries = new CronQueries(set);
const rowOf = new Map(crons.map((cron) => [cron.cronId as string, queries.row(cron.cronId, now) as CronRow]));

/** The same question answered without any index: one row after the other. */
function textOf(cron: Cron, row: CronRow): string {
  const thread =
    row.target.kind === 'thread' && set.threads.searchTexts[set.threads.numberOf(row.target.threadId) ?? -1];
  const assistant = set.assistants.searchTexts[set.assistants.numberOf(row.assistant.id) ?? -1];
  const own = [
    row.name,
    textInside(cron.metadata, true),
    textInside(cron.payload.input, false),
    row.words,
    row.schedule,
    row.zone,
  ];
  return [...own, assistant, thread || ''].join('\n').toLowerCase();
}

const textById = new Map(crons.map((cron) => [cron.cronId, textOf(cron, rowOf.get(cron.cronId) as CronRow)]));

function naiveMatches(query: CronQuery, cron: Cron, row: CronRow): boolean {
  const target =
    row.target.kind === 'thread'
      ? 'thread'
      : row.target.afterRun === 'keep'
        ? 'new-thread-kept'
        : 'new-thread-deleted';
  const one = (chosen: readonly string[], value: string) => chosen.length === 0 || chosen.includes(value);
  const text = textById.get(cron.cronId) as string;
  const ids = [row.cronId, row.assistant.id, row.target.kind === 'thread' ? row.target.threadId : ''];
  return (
    one(query.status, row.status.code) &&
    one(query.assistant, row.assistant.id) &&
    one(query.thread, row.target.kind === 'thread' ? row.target.threadId : '') &&
    one(query.target, target) &&
    one(query.often, frequencyBand(row.runsADay)) &&
    one(query.zone, row.zone) &&
    one(query.owner, row.owner ?? '') &&
    query.q
      .toLowerCase()
      .split(/\s+/)
      .every(
        (word) =>
          text.includes(word) ||
          (/^(?=.*\d)[0-9a-f-]{4,36}$/.test(word) && ids.some((id) => id.includes(word))),
      )
  );
}

const urgency: readonly (readonly RunStatus[])[] = [
  ['error', 'timeout', 'not-started'],
  ['interrupted'],
  ['skipped', 'vanished', 'cancelled'],
  ['unknown'],
  ['pending', 'running'],
  ['success'],
];

function sortKey(query: CronQuery, row: CronRow): number | string | null {
  const folded = (text: string) =>
    text
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{M}+/gu, '');
  switch (query.sort) {
    case 'name':
      return folded(row.name);
    case 'schedule':
      return folded(row.words);
    case 'assistant':
      return folded(row.assistant.name);
    case 'thread':
      return row.target.kind === 'thread' ? folded(row.target.name) : null;
    case 'status':
      return cronStatusCodes.indexOf(row.status.code);
    case 'next-run':
      return row.nextRunMs;
    case 'runs-a-day':
      return row.runsADay;
    case 'cost':
      return row.cost.kind === 'known' ? row.cost.monthMicros : null;
    case 'last-run': {
      // The first letter says how urgent, the rest how long ago it was.
      if (row.lastRun === null) return null;
      const { status, atMs } = row.lastRun;
      return `${urgency.findIndex((group) => group.includes(status))} ${String(now - atMs).padStart(15, '0')}`;
    }
    case 'end':
      return row.endMs;
    case 'created':
      return row.createdMs;
    case 'updated':
      return row.updatedMs;
    case 'owner':
      return row.owner === null ? null : folded(row.owner);
    case 'zone':
      return row.zone;
  }
}

function naiveIds(query: CronQuery): readonly string[] {
  const found = crons.filter((cron) => naiveMatches(query, cron, rowOf.get(cron.cronId) as CronRow));
  const keyed = found.map((cron) => ({
    id: cron.cronId as string,
    key: sortKey(query, rowOf.get(cron.cronId) as CronRow),
  }));
  const sign = query.order === 'asc' ? 1 : -1;
  return keyed
    .toSorted((a, b) => {
      const byId = a.id < b.id ? -1 : 1;
      if (a.key === null || b.key === null) return a.key === b.key ? byId : a.key === null ? 1 : -1;
      return sign * (a.key < b.key ? -1 : a.key > b.key ? 1 : byId);
    })
    .map(({ id }) => id);
}

const words = [
  'acme',
  'Invoice',
  'müller',
  '東京',
  'daily digest',
  'qz',
  'e',
  'at 09',
  '* * * *',
  'europe/',
  'owner: ana',
  '0193',
  'weekday',
  't-17',
  '👩‍👩‍👧‍👦',
  '<img',
  'thread 12',
  'ticket customer',
  'xxxx',
  'nothing has this',
];

function randomQuery(random: () => number): CronQuery {
  const some = <T>(chance: number, list: readonly T[]): T[] =>
    random() < chance ? [pick(list, random), pick(list, random)] : [];
  const cron = pick(crons, random);
  const kind = random();
  const q =
    kind < 0.5 ? pick(words, random) : kind < 0.6 ? cron.cronId.slice(9, 18) : kind < 0.7 ? cron.cronId : '';
  return cronQuerySchema.parse({
    q,
    status: some(0.3, cronStatusCodes),
    assistant: some(0.2, fixture.assistants).map((item) => item.assistant_id),
    thread: some(0.1, fixture.threads).map((item) => item.thread_id),
    target: some(0.15, targetKinds),
    often: some(0.2, frequencyBands),
    zone: some(0.15, ['UTC', 'Asia/Tokyo', 'Europe/Berlin']),
    owner: some(0.15, ['ana@example.com', 'chen@example.com', '']),
    sort: pick(cronSortColumns, random),
    order: random() < 0.5 ? 'asc' : 'desc',
    limit: 500,
  });
}

describe('CronQueries.run', () => {
  it('gives the same rows in the same order as a naive filter, for 1,000 random queries', () => {
    const random = randomFrom(42);
    let rows = 0;
    for (let round = 0; round < 1000; round += 1) {
      const query = randomQuery(random);
      const expected = naiveIds(query);
      const answer = queries.run(query, now);
      const ids = answer.rows.map((row) => row.cronId);
      expect({ query, ids }).toEqual({ query, ids: expected.slice(0, 500) });
      expect(answer.matching).toBe(expected.length);
      rows += expected.length;
    }
    // The queries are worth something only if many of them find crons.
    expect(rows).toBeGreaterThan(30_000);
  });

  it('counts each facet as if its own choice were not made', () => {
    const query = cronQuerySchema.parse({ q: 'acme', status: ['paused'], zone: ['Asia/Tokyo'] });
    const { facets } = queries.run(query, now);
    for (const code of cronStatusCodes) {
      const alone = queries.run({ ...query, status: [code] }, now).matching;
      expect(facets.status.find((item) => item.value === code)?.count ?? 0).toBe(alone);
    }
    const berlin = queries.run({ ...query, zone: ['Europe/Berlin'] }, now).matching;
    expect(facets.zone.find((item) => item.value === 'Europe/Berlin')?.count ?? 0).toBe(berlin);
  });

  it('lists at most 50 values of a facet and always those that are chosen', () => {
    const rare = crons.findLast((cron) => cron.target.kind === 'thread');
    const threadId = rare?.target.kind === 'thread' ? rare.target.threadId : '';
    const { facets } = queries.run(cronQuerySchema.parse({ thread: [threadId] }), now);
    expect(facets.thread.length).toBeLessThanOrEqual(51);
    expect(facets.thread.map((item) => item.value)).toContain(threadId);
  });

  it('pages through everything without doubling or losing a row', () => {
    const seen: string[] = [];
    for (let offset = 0; ; offset += 170) {
      const { rows, total } = queries.run(
        cronQuerySchema.parse({ sort: 'schedule', offset, limit: 170 }),
        now,
      );
      seen.push(...rows.map((row) => row.cronId));
      if (offset > total) break;
    }
    expect(new Set(seen).size).toBe(crons.length);
    expect(seen).toHaveLength(crons.length);
  });

  it.each(['assistant', 'thread'] as const)(
    'groups by %s: headings lie where their first cron is, subtotals add up',
    (group) => {
      const answer = queries.run(cronQuerySchema.parse({ group, limit: 500, sort: 'name' }), now);
      let offset = 0;
      for (const heading of answer.groups) {
        expect(heading.offset).toBe(offset);
        offset += heading.crons;
      }
      expect(offset).toBe(answer.matching);
      const sum = answer.groups.reduce((runs, heading) => runs + heading.runsADay, 0);
      expect(sum).toBeCloseTo(answer.matchingRunsADay, 6);
      const second = answer.groups[1];
      const row = answer.rows[second?.offset ?? -1];
      const key =
        group === 'assistant' ? row?.assistant.id : row?.target.kind === 'thread' && row.target.threadId;
      expect(key).toBe(second?.key);
    },
  );

  it('sums the strip over all crons, whatever the filter', () => {
    const { strip, total } = queries.run(cronQuerySchema.parse({ q: 'nothing has this' }), now);
    expect(strip.active + strip.paused + strip.ended).toBe(total);
    expect(strip.hoursFromMs).toBe(now);
    expect(strip.runsByHour).toHaveLength(24);
    expect(strip.attention).toBe(
      crons.filter((cron) =>
        ['overdue', 'orphaned', 'never-runs', 'unreadable'].includes(
          rowOf.get(cron.cronId)?.status.code ?? '',
        ),
      ).length,
    );
  });

  it('follows time: a cron ends when its end comes, without a look at the deployment', () => {
    const ending = crons.filter(
      (cron) => cron.end.kind === 'at' && cron.end.atMs > now && cron.end.atMs < now + 30 * day,
    );
    const query = cronQuerySchema.parse({ status: ['ended'] });
    const before = queries.run(query, now).matching;
    expect(queries.run(query, now + 30 * day).matching).toBe(before + ending.length);
    // A clock that is set back is followed too.
    expect(queries.run(query, now).matching).toBe(before);
  });

  it('sorted by the last run shows what went wrong first, the newest of it before the rest', () => {
    const { rows } = queries.run(cronQuerySchema.parse({ sort: 'last-run', limit: 500 }), now);
    const failed = rows.findIndex((row) => row.lastRun?.status === 'interrupted');
    expect(failed).toBeGreaterThan(100);
    const first = rows.slice(0, failed).map((row) => row.lastRun);
    expect(first.every((run) => run && /^(error|timeout|not-started)$/.test(run.status))).toBe(true);
    const times = first.map((run) => run?.atMs ?? 0);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  it('shows no next run for crons that do not run', () => {
    const { rows } = queries.run(cronQuerySchema.parse({ status: ['paused', 'ended'], limit: 500 }), now);
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.every((row) => row.nextRunMs === null)).toBe(true);
  });
});
