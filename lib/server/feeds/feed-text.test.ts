import ical from 'node-ical';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBenchDeployment, type RunningBench } from '@/e2e/bench-deployment/start-bench-deployment';
import type { JsonObject } from '@/lib/crons/cron';
import { runsBetween } from '@/lib/schedule/next-runs';
import { everySlot } from '../calendar/matching-crons';
import { benchIndex } from '../cron-index/bench-index.test-data';
import type { CronIndex } from '../cron-index/cron-index';
import { feedText } from './feed-text';
import { planFeed } from './plan-feed';

// A clock change lies inside: Berlin goes back to winter on 25 October.
const nowMs = Date.UTC(2026, 9, 20, 12, 20);
const created = nowMs - 40 * 86_400_000;
const zone = 'Europe/Berlin';
const hostile = 'Nightly;\\, "digest"\r\nBEGIN:VEVENT\r\nATTACH:https://evil.example';
let bench: RunningBench;
let index: CronIndex;
const ids: Record<string, string> = {};

beforeAll(async () => {
  let clockMs = created;
  bench = await startBenchDeployment({ crons: 0, assistants: 1, threads: 0, now: () => clockMs });
  index = benchIndex(bench.url, () => clockMs);
  const make = (key: string, body: JsonObject) => {
    const [assistant] = bench.store.assistants.keys();
    const asked = { assistant_id: assistant, schedule: '0 9 * * *', input: {}, timezone: zone, ...body };
    ids[key] = (bench.store.createCron(asked, null).json as { cron_id: string }).cron_id;
  };
  make('daily', { metadata: { name: 'Morning brief' }, schedule: '30 2 * * *' });
  make('hostile', { metadata: { name: hostile }, schedule: '0 9 * * 1' });
  make('busy', { metadata: { name: 'Price watch' }, schedule: '*/10 * * * *' });
  make('paused', { metadata: { name: 'Asleep' }, enabled: false });
  make('ending', {
    metadata: { name: 'Campaign' },
    end_time: new Date(nowMs + 2 * 86_400_000).toISOString(),
  });
  clockMs = nowMs;
  await index.refresh();
  await index.settled();
});
afterAll(async () => {
  index.close();
  await bench.close();
});

const subject = () => ({
  set: index.set,
  feed: { feedId: 'f', name: 'Agents; of, Mia\\', zone },
  deployment: 'local',
  base: 'https://deck.example.org',
});
const plan = (limits?: Parameters<typeof planFeed>[4]) => {
  index.set.refreshStatuses(nowMs);
  return planFeed(index.set, everySlot(index.set), zone, nowMs, limits);
};

/** What a real parser finds in the text. */
function parsed(text: string) {
  return Object.values(ical.sync.parseICS(text)).flatMap((part) => (part?.type === 'VEVENT' ? [part] : []));
}

const eventsOf = (key: string, text = feedText(plan(), subject())) =>
  parsed(text).filter(({ uid }) => uid.startsWith(ids[key] ?? '?'));

describe('a feed', () => {
  test('has an event at the very instant of each run of a rare cron, the clock change included', () => {
    const slot = index.set.columns.slotOf(ids['daily'] ?? '') ?? -1;
    const { parsed: schedule } = index.set.schedules.at(index.set.columns.schedule[slot] as number);
    if (schedule === null) throw new Error('unreadable');
    const fromMs = Date.parse('2026-10-20T00:00:00+02:00');
    const toMs = Date.parse('2026-11-19T00:00:00+01:00');
    const runs = [...runsBetween(schedule, zone, fromMs, toMs)];
    const starts = eventsOf('daily').map(({ start }) => start.getTime());
    expect(starts.toSorted((a, b) => a - b)).toEqual(runs);
  });

  test('has one event a day of a cron that runs often, on the days of its zone, saying how many', () => {
    const events = eventsOf('busy');
    expect(events).toHaveLength(30);
    expect(events.every(({ datetype }) => datetype === 'date')).toBe(true);
    const summary = (day: string) => events.find(({ uid }) => uid.includes(day))?.summary;
    expect(summary('2026-10-24')).toBe('Price watch: 144 runs');
    // The day on which the clock goes back has an hour more.
    expect(summary('2026-10-25')).toBe('Price watch: 150 runs');
  });

  test('leaves out what does not run: paused crons, and runs after the end', () => {
    expect(eventsOf('paused')).toEqual([]);
    expect(eventsOf('ending')).toHaveLength(2 + 1);
  });

  test('keeps a hostile name one line of text, and its own name too', () => {
    const text = feedText(plan(), subject());
    const [event] = eventsOf('hostile', text);
    expect(event?.summary).toBe('Nightly;\\, "digest" BEGIN:VEVENT ATTACH:https://evil.example');
    expect(text).not.toMatch(/^ATTACH/m);
    expect(parsed(text)).toHaveLength(text.match(/^BEGIN:VEVENT\r$/gm)?.length ?? 0);
    const calendar = Object.values(ical.sync.parseICS(text)).find((part) => part?.type === 'VCALENDAR');
    expect(calendar).toMatchObject({ 'WR-CALNAME': 'Agents; of, Mia\\' });
    expect(Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
  });

  test('links to the cron, blocks no time, and says when it was changed', () => {
    const [event] = eventsOf('daily');
    expect(event).toMatchObject({
      url: expect.objectContaining({ val: `https://deck.example.org/local/crons/${ids['daily']}` }),
      status: 'CONFIRMED',
      transparency: 'TRANSPARENT',
      sequence: 0,
      description: expect.stringContaining(`30 2 * * * ${zone}`),
    });
    expect(event?.dtstamp?.getTime()).toBe(Math.floor(created / 1_000) * 1_000);
  });

  test('is the same text and the same ids each time, also a minute later', () => {
    const later = planFeed(index.set, everySlot(index.set), zone, nowMs + 60_000);
    expect(feedText(later, subject())).toBe(feedText(plan(), subject()));
    const uids = parsed(feedText(plan(), subject())).map(({ uid }) => uid);
    expect(new Set(uids).size).toBe(uids.length);
  });

  test('takes the crons with the fewest events, whole, and says what had no room', () => {
    const { events, leftOut } = plan({ days: 30, runsEach: 120, events: 20 });
    // Four Mondays and three mornings fit; thirty nights, one with two halves past two, and 4,326 prices do not.
    expect(events).toHaveLength(4 + 3);
    expect(leftOut).toEqual({ crons: 2, runs: 31 + 4_326 });
    const text = feedText(plan({ days: 30, runsEach: 120, events: 20 }), subject());
    const note = parsed(text).find(({ uid }) => uid.startsWith('left-out'));
    expect(note?.summary).toBe('2 crons not in this calendar');
    expect(note?.description).toContain('4,357 runs');
  });
});
