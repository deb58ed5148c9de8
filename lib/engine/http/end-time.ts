import { z } from 'zod';
import { parseInstant } from '@/lib/crons/parse-instant';

/** Python's year limits: later or earlier dates cannot be answered in the API's own date format. */
const EARLIEST_MS = Date.parse('0001-01-01T00:00:00Z');
const LATEST_MS = Date.parse('9999-12-31T23:59:59.999Z');

export const endTimeSchema = z.string().refine((text) => endTimeMs(text) !== null, {
  params: { format: 'date-time' },
});

/** The instant an `end_time` names, in ms since the epoch; null for free text and for dates no calendar has. */
export function endTimeMs(text: string): number | null {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  const onCalendar = new Date(Date.UTC(2000, month - 1, day));
  // 2000 and the year's own leap rule: setUTCFullYear keeps years below 100 from becoming 19xx.
  onCalendar.setUTCFullYear(year, month - 1, day);
  if (onCalendar.getUTCMonth() !== month - 1 || onCalendar.getUTCDate() !== day) return null;
  const ms = parseInstant(text);
  return ms !== null && ms >= EARLIEST_MS && ms <= LATEST_MS ? ms : null;
}
