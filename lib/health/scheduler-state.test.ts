import { describe, expect, test } from 'vitest';
import { known, notKnown, type CronFacts } from './cron-facts';
import { aRun, day, hour, idOf, minute, now, someFacts, top } from './facts.test-data';
import { createFindingsIndex, type DeploymentFindings } from './findings-index';

const long = now - 40 * day;
/** Hourly; due on the hour and not started. */
const late = (number: number, part: Partial<CronFacts['cron']> = {}, around: Partial<CronFacts> = {}) =>
  someFacts(
    { cronId: idOf(number), payload: { input: number }, nextRunMs: top, updatedMs: long, ...part },
    { history: notKnown, ...around },
  );
/** Hourly; started on the hour, next one ahead. */
const onTime = (number: number, part: Partial<CronFacts['cron']> = {}) =>
  someFacts(
    { cronId: idOf(number), payload: { input: number }, nextRunMs: top + hour, updatedMs: long, ...part },
    { history: notKnown },
  );

function read(...all: CronFacts[]): DeploymentFindings {
  const index = createFindingsIndex();
  for (const facts of all) index.put(facts, now);
  return index.read(now);
}
const codesOf = ({ byCron }: DeploymentFindings) =>
  Object.fromEntries(
    [...byCron].map(([id, found]) => [Number.parseInt(id.slice(-12), 16), found.map((each) => each.code)]),
  );
const titles = ({ byCron }: DeploymentFindings) =>
  [...byCron.values()].flat().map((finding) => finding.title);

describe('one late cron', () => {
  test('is stuck if others have started since it was due', () => {
    const found = read(late(1), onTime(2));
    expect(codesOf(found)).toEqual({ 1: ['overdue'] });
    expect(found.scheduler).toMatchObject({ kind: 'working', overdue: 1 });
    expect(titles(found)).toEqual(['It was due and has not started, although other crons have run since.']);
  });

  test('is said to be unclear if nothing else was due since', () => {
    const found = read(late(1), onTime(2, { schedule: '0 9 * * *', nextRunMs: top + 21 * hour }));
    expect(found.scheduler.kind).toBe('unclear');
    expect(titles(found)[0]).toContain('may be the cron or the whole scheduler');
  });

  test('has an explanation of its own where it cannot run at all', () => {
    expect(codesOf(read(late(1, {}, { assistant: known({ exists: false }) }), late(2)))).toEqual({
      1: ['assistant-gone'],
      2: ['overdue'],
    });
    expect(codesOf(read(late(1, { schedule: '0 0 30 2 *' }), onTime(2)))).toEqual({ 1: ['never-runs'] });
  });

  test.each<[string, CronFacts]>([
    ['a minute late: servers look only so often', late(1, { nextRunMs: now - minute })],
    ['paused', late(1, { enabled: false, updatedMs: now })],
    ['ended since', late(1, { end: { kind: 'at', atMs: top - 2 * hour, text: '' } })],
    ['without a next date', late(1, { nextRunMs: null })],
    ['not asked about since it was due', late(1, {}, { seenMs: top - 2 * hour })],
  ])('is not overdue: %s', (_, facts) => {
    expect(codesOf(read(facts, onTime(2)))[1] ?? []).not.toContain('overdue');
  });
});

describe('the whole scheduler', () => {
  test('is down if several are late and nothing has started since, and no cron is blamed', () => {
    const found = read(late(1), late(2), onTime(3, { schedule: '0 9 * * *', nextRunMs: top + 21 * hour }));
    expect(codesOf(found)).toEqual({ 1: ['scheduler-down'], 2: ['scheduler-down'] });
    expect(found.scheduler).toEqual({
      kind: 'stopped',
      lastSignMs: top - 3 * hour,
      overdue: 2,
      causes: [],
      suspects: [],
    });
    for (const title of titles(found))
      expect(title).toMatch(/^It waits because the scheduler of this deployment has stopped/);
  });

  test('a cron that was stuck before the scheduler stopped is still told apart', () => {
    const found = read(
      late(1, { nextRunMs: top - 30 * hour }),
      late(2),
      late(3),
      onTime(4, { schedule: '0 9 * * *', nextRunMs: top + 21 * hour }),
    );
    expect(codesOf(found)).toEqual({ 1: ['overdue'], 2: ['scheduler-down'], 3: ['scheduler-down'] });
  });

  test('works if what was due at the same time has started: then the late ones are stuck', () => {
    const found = read(late(1), late(2), onTime(3));
    expect(codesOf(found)).toEqual({ 1: ['overdue'], 2: ['overdue'] });
    expect(found.scheduler.kind).toBe('working');
  });

  test('that stops half way through what was due is not blamed on the other half', () => {
    const minutely = { schedule: '* * * * *', nextRunMs: top + minute };
    const found = read(late(1), late(2, minutely), late(3, minutely), onTime(4));
    expect(codesOf(found)).toEqual({ 1: ['scheduler-down'], 2: ['scheduler-down'], 3: ['scheduler-down'] });
  });

  test('a next date that somebody set is no sign of life', () => {
    const found = read(late(1), late(2), onTime(3, { updatedMs: now - minute }));
    expect(found.scheduler).toMatchObject({ kind: 'stopped', lastSignMs: null });
  });

  test('a run started by hand is none either, one that was due is', () => {
    const withRun = (run: Partial<ReturnType<typeof aRun>>) =>
      late(
        3,
        { nextRunMs: null },
        {
          history: known({
            runs: [aRun(0, run)],
            complete: true,
            sinceMs: now - day,
            untilMs: null,
            skipped: 0,
            from: 'firings',
          }),
        },
      );
    expect(read(late(1), late(2), withRun({ scheduledMs: null })).scheduler.kind).toBe('stopped');
    expect(read(late(1), late(2), withRun({})).scheduler.kind).toBe('working');
  });

  test('an end date that stops a development server is named as the cause, even with one late cron', () => {
    const broken = late(2, { end: { kind: 'unreadable', text: 'tomorrow' } });
    const found = read(late(1), broken);
    expect(codesOf(found)).toEqual({ 1: ['scheduler-down'], 2: ['end-date-stops-scheduler'] });
    expect(found.scheduler.causes).toEqual([idOf(2)]);
    expect(found.byCron.get(idOf(1))?.[0]?.evidence).toContainEqual({
      label: 'Cron with the end date',
      kind: 'cron',
      cronId: idOf(2),
    });
  });

  test('an end date is only suspected where it is not known what server it is', () => {
    const withEnd = onTime(3, {
      schedule: '0 9 * * *',
      nextRunMs: top + 21 * hour,
      end: { kind: 'at', atMs: now + day, text: '' },
    });
    const unsure = { ...withEnd, server: { kind: 'langgraph' as const, inMemory: notKnown } };
    const found = read(late(1), late(2), unsure);
    expect(codesOf(found)).toEqual({ 1: ['scheduler-down'], 2: ['scheduler-down'] });
    expect(found.scheduler).toMatchObject({ causes: [], suspects: [idOf(3)] });
    expect(read(late(1), late(2), withEnd).scheduler.suspects).toEqual([]);
  });

  test('works where nothing is late', () => {
    expect(read(onTime(1), onTime(2)).scheduler).toEqual({
      kind: 'working',
      lastSignMs: null,
      overdue: 0,
      causes: [],
      suspects: [],
    });
  });
});
