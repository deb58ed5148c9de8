import { FIELD_LIMITS, type FieldName } from '@/lib/schedule/schedule';
import { compactRanges, evenStep } from '@/lib/schedule/word-list';

/** The shortest plain spelling of sorted values that every server reads alike; nothing chosen is *. */
export function fieldText(values: readonly number[], name: FieldName): string {
  const [min, max] = FIELD_LIMITS[name];
  if (values.length === 0 || values.length === max - min + 1) return '*';
  const [first = min] = values;
  const last = values.at(-1) ?? first;
  const step = evenStep(values);
  // Days are listed: a star in one day field changes how the other one is read.
  if (step !== null && step > 1 && name !== 'day-of-month' && name !== 'day-of-week') {
    const whole = first === min && last + step === max + 1;
    if (whole) return `*/${step}`;
    if (values.length > 4) return `${first}-${last}/${step}`;
  }
  return compactRanges(values)
    .map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`))
    .join(',');
}
