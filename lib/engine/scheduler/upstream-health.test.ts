import { expect, test } from 'vitest';
import { upstreamHealth } from '@/lib/engine/scheduler/upstream-health';

const NOON = Date.UTC(2026, 5, 1, 12);
const gone = { kind: 'unreachable', status: null, message: 'connect ECONNREFUSED' } as const;

test('an outage is remembered with its beginning once the server is back', () => {
  let nowMs = NOON;
  const health = upstreamHealth(() => nowMs);
  expect(health.lastBeganMs()).toBeNull();
  health.report(gone);
  nowMs += 60_000;
  health.report(gone);
  expect(health.lastBeganMs()).toBeNull();
  nowMs += 60_000;
  health.report(null);
  expect(health.lastBeganMs()).toBe(NOON);
  expect(health.outages()).toBe(1);
});
