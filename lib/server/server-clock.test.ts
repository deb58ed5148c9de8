import { expect, test } from 'vitest';
import { ServerClock } from './server-clock';

const noon = Date.UTC(2026, 10, 21, 12);
const header = (ms: number) => new Date(ms).toUTCString();

test('a clock that agrees within a second and the delay of an answer counts as right', () => {
  const clock = new ServerClock();
  clock.note(header(noon), noon + 900, noon + 2_400);
  expect(clock.offsetMs()).toBe(0);
});

test('answers narrow the difference down to less than a second', () => {
  const clock = new ServerClock();
  for (const at of [0, 1_300, 2_700, 4_950])
    clock.note(header(noon + at + 90_000), noon + at, noon + at + 20);
  expect(Math.abs(clock.offsetMs() - 90_000)).toBeLessThan(500);
});

test('a clock that is put right is believed at the next answer', () => {
  const clock = new ServerClock();
  clock.note(header(noon - 600_000), noon, noon + 10);
  expect(clock.offsetMs()).toBeLessThan(-590_000);
  clock.note(header(noon), noon, noon + 10);
  expect(clock.offsetMs()).toBe(0);
});

test.each([null, '', 'yesterday'])('a header that is no date (%s) says nothing', (date) => {
  const clock = new ServerClock();
  clock.note(date, noon, noon);
  expect(clock.offsetMs()).toBe(0);
});
