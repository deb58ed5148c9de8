import * as fc from 'fast-check';
import { parseSchedule, type Schedule } from '@/lib/schedule/parse-schedule';
import { nextOffsetChange } from '@/lib/schedule/zone';

/** Zones with every kind of clock change: an hour, half an hour, two hours, at midnight, for Ramadan, and none. */
export const anyZone = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Africa/Cairo',
  'Africa/Casablanca',
  'America/Havana',
  'Atlantic/Azores',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Beirut',
  'Pacific/Chatham',
);

/** An instant between 2025 and 2029, in half of the cases within two days of a clock change. */
export function instantNearChange(zone: string): fc.Arbitrary<number> {
  const anywhere = fc
    .integer({ min: Date.UTC(2025, 0, 1) / 1000, max: Date.UTC(2029, 0, 1) / 1000 })
    .map((s) => s * 1000);
  const near = fc.tuple(anywhere, fc.integer({ min: -172_800, max: 172_800 })).map(([ms, seconds]) => {
    const change = nextOffsetChange(zone, ms);
    return change ? change.atMs + seconds * 1000 : ms;
  });
  return fc.oneof(anywhere, near);
}

function value(min: number, max: number): fc.Arbitrary<string> {
  return fc.integer({ min, max }).map(String);
}

function field(min: number, max: number): fc.Arbitrary<string> {
  const range = fc.tuple(value(min, max), value(min, max)).map(([low, high]) => `${low}-${high}`);
  const step = fc.integer({ min: 1, max: max + 5 });
  const item = fc.oneof(
    { weight: 5, arbitrary: value(min, max) },
    { weight: 2, arbitrary: range },
    { weight: 1, arbitrary: fc.tuple(range, step).map(([bounds, by]) => `${bounds}/${by}`) },
    { weight: 2, arbitrary: step.map((by) => `*/${by}`) },
    { weight: 1, arbitrary: fc.tuple(value(min, max), step).map(([start, by]) => `${start}/${by}`) },
  );
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant('*') },
    { weight: 5, arbitrary: item },
    { weight: 2, arbitrary: fc.array(item, { minLength: 2, maxLength: 3 }).map((items) => items.join(',')) },
  );
}

const dayOfMonth = fc.oneof(
  { weight: 6, arbitrary: field(1, 31) },
  { weight: 1, arbitrary: fc.constantFrom('l', '15w', '1w', '31w', '25-l', '1,l') },
);
const dayOfWeek = fc.oneof(
  { weight: 6, arbitrary: field(0, 7) },
  { weight: 1, arbitrary: fc.constantFrom('5#2', 'l5', 'mon-fri#1', '1#1,1#3', '?') },
);

/** A text of 5, 6 or 7 fields, mostly valid. Hours lean to the small ones, where clocks change. */
export const anyExpression = fc
  .tuple(
    field(0, 59),
    fc.oneof(field(0, 23), field(0, 3)),
    fc.oneof({ weight: 2, arbitrary: fc.constant('*') }, dayOfMonth),
    fc.oneof({ weight: 3, arbitrary: fc.constant('*') }, field(1, 12)),
    fc.oneof({ weight: 2, arbitrary: fc.constant('*') }, dayOfWeek),
    fc.oneof({ weight: 4, arbitrary: fc.constant('') }, field(0, 59)),
    fc.oneof({ weight: 3, arbitrary: fc.constant('') }, fc.constantFrom('*', '2026', '2026-2028', '*/2')),
  )
  .map(([minute, hour, day, month, weekday, second, year]) =>
    [minute, hour, day, month, weekday, ...(second ? [second, ...(year ? [year] : [])] : [])].join(' '),
  );

export const anySchedule: fc.Arbitrary<Schedule> = anyExpression
  .map((text) => parseSchedule(text))
  .filter((parsed) => parsed.ok)
  .map((parsed) => parsed.value);
