import { Refusal } from '@/lib/schedule/sentence/clause';
import type { Reader } from '@/lib/schedule/sentence/reader';

/** Cron starts afresh every month and every year: it cannot count days, weeks or months. */
export function refuseCounting(reader: Reader): void {
  const token = reader.peek(1);
  if (reader.word() === 'fortnightly' || reader.word() === 'biweekly') refuseCount(reader.word());
  if (!/^(?:every|each)$/.test(reader.word()) || !token) return;
  const unit = reader.peek(2)?.text ?? '';
  // "every first friday" means the month's first; "every second friday" may mean every other one.
  const later = token.kind === 'ordinal' && token.value !== 1 && token.value !== 'last';
  const counts = token.text === 'other' || token.kind === 'number' || later;
  const monthly = /^(?:of|in)$/.test(reader.word(3));
  const countable = /^(?:days?|weeks?|weekends?|weekdays?|months?|years?|quarters?)$/.test(unit);
  if (counts && (countable || (reader.peek(2)?.kind === 'weekday' && !monthly)))
    refuseCount(`${token.text} ${unit}`);
}

function refuseCount(piece: string): never {
  throw new Refusal(
    'cannot-count',
    `"${piece}": a cron cannot count days, weeks or months.`,
    'Name the days instead: "every monday at 9", "first and third monday of the month at 9".',
    piece,
  );
}
