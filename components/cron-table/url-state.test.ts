import { describe, expect, it } from 'vitest';
import { cronFilterSchema } from '@/lib/crons/cron-query';
import { cronUrlParsers, filterOf, hasFilter, ignoredParameters, type CronUrlState } from './url-state';

const ignored = (search: string) => ignoredParameters(new URLSearchParams(search));

describe('the address of the table', () => {
  it('is understood whole where it was made by the table', () => {
    expect(ignored('q=stock&status=paused,ended&assistant=a,b&sort=name&order=desc&group=thread')).toEqual(
      [],
    );
    expect(ignored('')).toEqual([]);
  });

  it('names what it does not know', () => {
    expect(ignored('utm_source=mail&q=x&__proto__=1&constructor=2')).toEqual([
      'utm_source',
      '__proto__',
      'constructor',
    ]);
  });

  it('names known parts whose value does not fit, also inside a list', () => {
    expect(ignored('sort=colour')).toEqual(['sort']);
    expect(ignored('status=broken')).toEqual(['status']);
    expect(ignored('status=paused,broken')).toEqual(['status']);
    expect(ignored('order=up&group=none')).toEqual(['order']);
  });

  it('keeps the items of a list that fit', () => {
    expect(cronUrlParsers.status.parse('paused,broken')).toEqual(['paused']);
  });

  it('carries values with commas', () => {
    const text = cronUrlParsers.owner.serialize(['Mia, EU', 'Ben']);
    expect(cronUrlParsers.owner.parse(text)).toEqual(['Mia, EU', 'Ben']);
    expect(ignored(new URLSearchParams({ owner: text }).toString())).toEqual([]);
  });
});

describe('the filter within it', () => {
  const state: CronUrlState = {
    ...cronFilterSchema.parse({}),
    sort: 'name',
    order: 'asc',
    group: 'assistant',
  };

  it('is everything but the arrangement', () => {
    expect(filterOf({ ...state, q: 'x' })).toEqual(cronFilterSchema.parse({ q: 'x' }));
  });

  it('is cut where a pasted search is longer than a server takes', () => {
    expect(filterOf({ ...state, q: 'x'.repeat(900) }).q).toHaveLength(500);
  });

  it('is there as soon as anything is left out', () => {
    expect(hasFilter(filterOf(state))).toBe(false);
    expect(hasFilter(filterOf({ ...state, zone: ['UTC'] }))).toBe(true);
  });
});
