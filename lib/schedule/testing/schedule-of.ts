import { parseSchedule, type Schedule } from '@/lib/schedule/parse-schedule';

/** A schedule from a text that a test knows to be valid. */
export function scheduleOf(text: string, secondsFirst = false): Schedule {
  const parsed = parseSchedule(text, { secondsFirst });
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.message}`);
  return parsed.value;
}
