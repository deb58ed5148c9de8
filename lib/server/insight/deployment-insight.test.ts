import { describe, expect, it } from 'vitest';
import { makeFixture } from '@/e2e/bench-deployment/fixture';
import { aCron } from '@/lib/crons/a-cron.test-data';
import type { Cron } from '@/lib/crons/cron';
import type { CronRow } from '@/lib/crons/cron-list';
import { cronQuerySchema } from '@/lib/crons/cron-query';
import { assistantIdSchema, cronIdSchema, threadIdSchema } from '@/lib/crons/ids';
import { parseCron } from '@/lib/crons/parse-cron';
import { countRuns } from '@/lib/schedule/count-runs';
import { parseSchedule } from '@/lib/schedule/parse-schedule';
import { createPriceBook } from '../cost/price-book';
import { priceSettingsSchema } from '../cost/price-settings';
import { CronSet } from '../cron-index/cron-set';
import { CronQueries } from '../cron-index/run-query';
import type { CostKnowledge, MeasuredUsage } from './cost-knowledge';
import { DeploymentInsight } from './deployment-insight';

const now = Date.UTC(2026, 10, 21, 12);
const day = 86_400_000;
const guid = (kind: number, number: number) =>
  `0000000${kind}-0000-4000-8000-${String(number).padStart(12, '0')}`;
const assistant = (number: number) => assistantIdSchema.parse(guid(3, number));
const idOf = (number: number) => cronIdSchema.parse(guid(1, number));

function someCron(number: number, part: Partial<Cron> = {}): Cron {
  return aCron({
    cronId: idOf(number),
    assistantId: assistant(1),
    schedule: '0 * * * *',
    zone: 'UTC',
    enabled: true,
    end: { kind: 'never' },
    createdMs: now - 60 * day + number,
    updatedMs: now - day,
    nextRunMs: now + 3_600_000,
    target: { kind: 'new-thread', afterRun: 'delete' },
    metadata: { name: `Cron ${number}`, owner: 'ops' },
    payload: { input: { task: `${number}` } },
    ...part,
  });
}

/** 1,000 tokens in, 200 out, for the model that the price below is for. */
function usageOf(number: number, part: Partial<MeasuredUsage> = {}): MeasuredUsage {
  return {
    cronId: idOf(number),
    assistantId: assistant(1),
    startedMs: now - day,
    usage: { calls: [{ inputTokens: 1000, outputTokens: 200, modelName: 'house' }], callsWithoutUsage: 0 },
    onThread: null,
    ...part,
  };
}

const prices = priceSettingsSchema.parse({ currency: 'EUR', models: { house: { input: 2, output: 5 } } });
/** 1,000 x 2 + 200 x 5 for a million each. */
const perRun = 0.003;

function knowledge(part: Partial<CostKnowledge> = {}): CostKnowledge {
  return { book: createPriceBook(prices), budgets: [], measured: [], ...part };
}

function aDeployment(crons: readonly Cron[], known: CostKnowledge = knowledge()) {
  const set = new CronSet(false);
  const insight = new DeploymentInsight(set, 'langgraph');
  set.insight = insight;
  insight.learn(known);
  for (const cron of crons) set.upsert(cron, now);
  const queries = new CronQueries(set);
  const ask = (query: object = {}, atMs = now) => queries.run(cronQuerySchema.parse(query), atMs);
  const row = (number: number) => queries.row(idOf(number), now) as CronRow;
  return { set, insight, ask, row };
}

describe('costs in the table', () => {
  it('multiplies what a run was measured to cost with exactly counted runs', () => {
    const { row } = aDeployment([someCron(1)], knowledge({ measured: [usageOf(1)] }));
    const schedule = parseSchedule('0 * * * *');
    if (!schedule.ok) throw new Error('unreadable');
    const runs = countRuns(schedule.value, 'UTC', now, now + 30 * day);
    expect(row(1).runsAMonth).toBe(runs);
    expect(row(1).cost).toMatchObject({
      kind: 'known',
      from: 'measured-own',
      currency: 'EUR',
      perRun,
      sample: 1,
      monthMicros: Math.round(runs * perRun * 1_000_000),
    });
  });

  it('takes runs of the same assistant where a cron has none of its own, and says so', () => {
    const { row } = aDeployment([someCron(1), someCron(2)], knowledge({ measured: [usageOf(1)] }));
    expect(row(2).cost).toMatchObject({ kind: 'known', from: 'measured-assistant' });
    expect(row(2).cost.kind === 'known' && row(2).cost).toHaveProperty(
      'source',
      expect.stringContaining('other crons'),
    );
  });

  it('takes what was set by hand where nothing was measured, that of the cron before that of the assistant', () => {
    const handSet = {
      [assistant(1)]: { kind: 'per-run', amount: 1 },
      [idOf(2)]: { kind: 'per-run', amount: 2 },
    };
    const book = createPriceBook(priceSettingsSchema.parse({ handSet }));
    const { row } = aDeployment([someCron(1), someCron(2)], knowledge({ book }));
    expect(row(1).cost).toMatchObject({ from: 'set-by-hand', perRun: 1 });
    expect(row(2).cost).toMatchObject({ from: 'set-by-hand', perRun: 2 });
  });

  it('says that a cost is not known and why, and never takes it for 0', () => {
    const { row, ask } = aDeployment(
      [someCron(1), someCron(2, { assistantId: assistant(2) })],
      knowledge({ measured: [usageOf(1)] }),
    );
    expect(row(2).cost).toEqual({ kind: 'unknown', reason: expect.stringContaining('no run was measured') });
    const { strip, matchingCost } = ask();
    expect(strip.month).toMatchObject({ unknown: 1, atLeast: true });
    expect(matchingCost.monthMicros).toBe(strip.month.monthMicros);
  });

  it('costs nothing while it is paused', () => {
    const { row } = aDeployment([someCron(1, { enabled: false })]);
    expect(row(1)).toMatchObject({ runsAMonth: 0, cost: { kind: 'known', monthMicros: 0, perRun: null } });
  });

  it('adds up to the same sum as its rows, for groups, matches and the whole', () => {
    const fixture = makeFixture({ crons: 600, assistants: 6, threads: 40, seed: 5, nowMs: now });
    const crons = fixture.crons.flatMap((wire) => {
      const read = parseCron(wire);
      return read.ok ? [read.value] : [];
    });
    const measured = crons
      .slice(0, 200)
      .map(({ cronId, assistantId }) => usageOf(0, { cronId, assistantId }))
      .filter((_, number) => number % 3 === 0);
    const { ask } = aDeployment(crons, knowledge({ measured }));
    const answer = ask({ group: 'assistant', limit: 500 });
    const rows = [...answer.rows, ...ask({ group: 'assistant', limit: 500, offset: 500 }).rows];
    const sum = (of: readonly CronRow[]) =>
      of.reduce((total, { cost }) => total + (cost.kind === 'known' ? cost.monthMicros : 0), 0);
    expect(rows).toHaveLength(600);
    expect(answer.matchingCost.monthMicros).toBe(sum(rows));
    expect(answer.strip.month.monthMicros).toBe(sum(rows));
    for (const group of answer.groups)
      expect(group.cost.monthMicros ?? 0).toBe(sum(rows.slice(group.offset, group.offset + group.crons)));
  });

  it('sorts by cost with the unknown last in both directions', () => {
    const crons = [
      someCron(1),
      someCron(2, { schedule: '0 9 * * *' }),
      someCron(3, { assistantId: assistant(2) }),
    ];
    const { ask } = aDeployment(crons, knowledge({ measured: [usageOf(1)] }));
    const ids = (order: string) => ask({ sort: 'cost', order }).rows.map(({ cronId }) => cronId);
    expect(ids('asc')).toEqual([idOf(2), idOf(1), idOf(3)]);
    expect(ids('desc')).toEqual([idOf(1), idOf(2), idOf(3)]);
  });

  it('prices everything anew with new prices, and follows a cron that changes', () => {
    const { set, insight, row } = aDeployment([someCron(1)], knowledge({ measured: [usageOf(1)] }));
    const before = row(1).cost;
    insight.learn({
      ...knowledge({ measured: [usageOf(1)] }),
      book: createPriceBook(priceSettingsSchema.parse({ models: { house: { input: 4, output: 10 } } })),
    });
    const after = row(1).cost;
    if (before.kind !== 'known' || after.kind !== 'known') throw new Error('unknown');
    expect(after.monthMicros).toBe(2 * before.monthMicros);
    set.upsert(someCron(1, { enabled: false, updatedMs: now }), now + 1);
    expect(row(1).cost).toMatchObject({ monthMicros: 0 });
  });

  it('follows the rising cost on a thread that grows, and says when the context is full', () => {
    const threadId = threadIdSchema.parse(guid(2, 1));
    const measured = Array.from({ length: 8 }, (_, runIndex) =>
      usageOf(1, {
        startedMs: now - (8 - runIndex) * 3_600_000,
        onThread: { threadId, runIndex },
        usage: {
          calls: [{ inputTokens: 1000 + 500 * runIndex, outputTokens: 200, modelName: 'house' }],
          callsWithoutUsage: 0,
        },
      }),
    );
    const cron = someCron(1, { target: { kind: 'thread', threadId } });
    const { row, set, ask } = aDeployment([cron], knowledge({ measured }));
    set.threads.learn(threadId, { name: 'A thread', graphId: null, status: 'idle' }, now);
    const { cost, runsAMonth } = row(1);
    if (cost.kind !== 'known' || runsAMonth === null) throw new Error('unknown');
    expect(cost.growth?.addedTokens).toBeCloseTo(500);
    expect(cost.monthMicros).toBeGreaterThan((cost.perRun ?? 0) * runsAMonth * 1_000_000 * 2);
    expect(ask().rows[0]?.findings.map(({ code }) => code)).toEqual(['thread-growing']);
  });

  it('holds the sum against the budgets of the deployment and of an assistant', () => {
    const budgets = [
      { scope: { kind: 'deployment' as const }, amount: 1 },
      { scope: { kind: 'assistant' as const, assistantId: assistant(1) }, amount: 1000 },
    ];
    const { ask } = aDeployment([someCron(1)], knowledge({ measured: [usageOf(1)], budgets }));
    const { month } = ask().strip;
    expect(month.budget).toMatchObject({ state: 'over', amount: 1 });
    expect(month.assistants).toMatchObject([{ state: 'under', amount: 1000 }]);
  });
});

describe('findings in the table', () => {
  const same = { payload: { input: { task: 'the same' } } };

  it('finds the copies of a cron, not the oldest of them, and counts and filters by it', () => {
    const { ask, row } = aDeployment([someCron(1, same), someCron(2, same), someCron(3)]);
    expect(ask({ finding: ['duplicate'] }).rows.map(({ cronId }) => cronId)).toEqual([idOf(2)]);
    expect(row(2).findings).toMatchObject([{ code: 'duplicate', severity: 'warning' }]);
    expect(ask().facets.finding).toEqual([
      { value: 'attention', label: 'Needs attention', count: 1 },
      { value: 'duplicate', label: 'Duplicates', count: 1 },
    ]);
    expect(ask().strip.attention).toBe(1);
    expect(ask({ finding: ['attention'] }).matching).toBe(1);
  });

  it('forgets a finding when its cause goes', () => {
    const { set, ask } = aDeployment([someCron(1, same), someCron(2, same)]);
    expect(ask().strip.attention).toBe(1);
    set.remove(idOf(1));
    expect(ask({}, now + 60_000).strip.attention).toBe(0);
  });

  it('finds what is gone once the deployment has said so, and not before', () => {
    const { set, ask } = aDeployment([someCron(1)]);
    expect(ask().facets.finding).toEqual([]);
    set.assistants.markGone(assistant(1), now);
    expect(ask({}, now + 60_000).rows[0]?.findings).toMatchObject([{ code: 'assistant-gone' }]);
  });

  it('finds what never runs because context and configurable are sent together', () => {
    const payload = { input: {}, context: { tenant: 'a' }, config: { configurable: { region: 'eu' } } };
    const { row } = aDeployment([someCron(1, { payload })]);
    expect(row(1).findings).toMatchObject([{ code: 'context-with-configurable' }]);
  });

  it('tells inputs apart that differ only far inside', () => {
    const long = (end: string) => ({ payload: { input: { text: 'x'.repeat(5000) + end } } });
    const { ask } = aDeployment([someCron(1, long('a')), someCron(2, long('b')), someCron(3, long('a'))]);
    expect(ask({ finding: ['duplicate'] }).rows.map(({ cronId }) => cronId)).toEqual([idOf(3)]);
  });

  it('counts a facet with its own choice left out, together with the others', () => {
    const crons = [someCron(1, same), someCron(2, same), someCron(3, { metadata: {} })];
    const { ask } = aDeployment(crons);
    const { facets, matching } = ask({ finding: ['duplicate'], owner: ['ops'] });
    expect(matching).toBe(1);
    expect(facets.finding).toEqual([
      { value: 'attention', label: 'Needs attention', count: 1 },
      { value: 'duplicate', label: 'Duplicates', count: 1 },
    ]);
    expect(ask({ finding: ['nobodys', 'duplicate'] }).matching).toBe(2);
  });

  it('judges all crons of a large deployment, a piece with each question', async () => {
    const crons = Array.from({ length: 3000 }, (_, number) => someCron(number, { metadata: {} }));
    const { ask } = aDeployment(crons);
    for (
      let round = 0;
      round < 200 && ask({}, now + round * 1000).facets.finding[0]?.count !== 3000;
      round += 1
    )
      await new Promise((resolve) => setImmediate(resolve));
    expect(ask({}, now + 300_000).facets.finding).toEqual([
      { value: 'nobodys', label: "Nobody's", count: 3000 },
    ]);
  });
});
