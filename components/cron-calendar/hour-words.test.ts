import { describe, expect, it } from 'vitest';
import type { CalendarHour, PastCounts } from '@/lib/crons/cron-calendar';
import { isUnwatched } from './heat-cell';
import { cellText, costWords, hourWords, pastWords } from './hour-words';

const nothing: PastCounts = { ok: 0, failed: 0, open: 0, vanished: 0, inferred: 0, skipped: 0 };
const startMs = Date.parse('2026-11-19T14:00Z');
const endMs = Date.parse('2026-11-19T15:00Z');

function anHour(part: Partial<CalendarHour>): CalendarHour {
  return {
    startMs,
    endMs,
    planned: 0,
    plannedCost: { micros: 0, uncosted: 0 },
    past: null,
    all: null,
    ...part,
  };
}

function pastHour(counts: Partial<PastCounts>, cost = { micros: 0, uncosted: 0 }): CalendarHour {
  return anHour({ past: { ...nothing, ...counts, cost } });
}

describe('what an hour says', () => {
  it('tells what is certain from what is inferred', () => {
    expect(pastWords({ ...nothing, ok: 28, failed: 1, vanished: 2, inferred: 3 })).toBe(
      '28 ok, 1 failed, 2 deleted before their end was seen, 3 started or skipped, not known which',
    );
  });

  it('never says that an unknown cost is nothing', () => {
    expect(costWords({ micros: 0, uncosted: 4 }, 4, 'USD')).toBe('cost of 4 runs unknown');
    expect(costWords({ micros: 1_200_000, uncosted: 1 }, 4, 'USD')).toBe(
      'at least $1.20, 1 run of unknown cost',
    );
    expect(costWords({ micros: 1_200_000, uncosted: 0 }, 4, 'USD')).toBe('$1.20');
    expect(costWords({ micros: 0, uncosted: 0 }, 0, 'USD')).toBe('$0');
  });

  it('marks a cell of unknown cost, and one that is known in part', () => {
    const cost = (micros: number, uncosted: number) =>
      cellText(anHour({ planned: 4, plannedCost: { micros, uncosted } }), 'cost', 'USD');
    expect([cost(0, 4), cost(12_340_000, 1), cost(340_000, 0)]).toEqual(['?', '$12+', '$0.34']);
  });

  it('says both parts of the hour that runs now, and how many all crons have', () => {
    const hour = { ...pastHour({ ok: 2 }), planned: 3, all: 40 };
    expect(hourWords(hour, 'count', 'USD', false)).toBe('2 ok; 3 runs planned; 40 of all crons');
  });
});

describe('an hour nobody watched', () => {
  it('is one that was over before the watch began and of which no source knows a run', () => {
    expect(isUnwatched(pastHour({}), endMs)).toBe(true);
    expect(isUnwatched(pastHour({}), null)).toBe(true);
    expect(isUnwatched(pastHour({}), startMs)).toBe(false);
    expect(isUnwatched(pastHour({ ok: 1 }), endMs)).toBe(false);
    expect(isUnwatched(anHour({}), null)).toBe(false);
  });
});
