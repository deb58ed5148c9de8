import { expect, test } from 'vitest';
import { countRuns } from '@/lib/schedule/count-runs';
import { parseSchedule } from '@/lib/schedule/parse-schedule';
import { rememberingRunCounter } from './run-counter';

test('a remembering counter counts what countRuns counts, for each schedule, zone and window by itself', () => {
  const count = rememberingRunCounter();
  const fromMs = Date.UTC(2026, 2, 28);
  for (const text of ['30 2 * * *', '*/20 * * * *']) {
    const parsed = parseSchedule(text);
    if (!parsed.ok) throw new Error(parsed.error.message);
    for (const zone of ['UTC', 'Europe/Berlin', 'UTC']) {
      for (const hours of [24, 48, 24]) {
        const toMs = fromMs + hours * 3_600_000;
        expect(count(parsed.value, zone, fromMs, toMs)).toBe(countRuns(parsed.value, zone, fromMs, toMs));
      }
    }
  }
});
