import { describe, expect, it } from 'vitest';
import { plainFilter } from '@/lib/crons/cron-list';
import { ignoredParameters } from '../cron-table/url-state';
import { calendarPath } from './calendar-path';
import { calendarUrlParsers } from './calendar-url';
import { runsPath } from './runs-path';

const cron = '0b3c5a0e-6f5c-4b7f-9a51-1d2e3f405162';
const ignored = (search: string) => ignoredParameters(new URLSearchParams(search), calendarUrlParsers);

describe('the address of the calendar', () => {
  it('is understood whole where the calendar made it', () => {
    expect(
      ignored(
        `q=stock&status=paused&cron=${cron}&span=month&measure=cost&day=2026-11-19&hour=2026-11-19T14:00Z`,
      ),
    ).toEqual([]);
  });

  it('names what says nothing here', () => {
    expect(ignored('measure=money&day=2026-02-30&hour=noon&cron=1&sort=name&span=year')).toEqual([
      'measure',
      'day',
      'hour',
      'cron',
      'sort',
      'span',
    ]);
  });

  it('carries the filter of the crons page, and only what is set', () => {
    const path = calendarPath('local', {
      ...plainFilter,
      q: 'stock',
      owner: ['Mia, EU'],
      status: ['paused'],
    });
    const url = new URL(path, 'http://localhost');
    expect(url.pathname).toBe('/local/calendar');
    expect([...url.searchParams.keys()].toSorted()).toEqual(['owner', 'q', 'status']);
    expect(ignored(url.search)).toEqual([]);
    expect(calendarUrlParsers.owner.parse(url.searchParams.get('owner') ?? '')).toEqual(['Mia, EU']);
  });

  it('carries one cron', () => {
    expect(calendarPath('local', { cron })).toBe(`/local/calendar?cron=${cron}`);
  });

  it('leads to the runs of an hour', () => {
    const hour = { from: Date.parse('2026-11-19T14:00Z'), to: Date.parse('2026-11-19T15:00Z') };
    const url = new URL(runsPath('local', { cron: null, assistant: [] }, hour), 'http://localhost');
    expect(url.pathname + url.search).toBe('/local/runs?from=2026-11-19T14:00Z&to=2026-11-19T15:00Z');
  });
});
