import type { FieldName } from '@/lib/schedule/schedule';

/** Long pieces are cut so that messages stay readable; control characters are made visible. */
export function shorten(piece: string): string {
  const cut = piece.length > 24 ? `${piece.slice(0, 23)}…` : piece;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '\uFFFD');
}

/** What people call the field. */
export const FIELD_WORDS: { readonly [F in FieldName]: string } = {
  minute: 'minute',
  hour: 'hour',
  'day-of-month': 'day of month',
  month: 'month',
  'day-of-week': 'day of week',
  second: 'second',
  year: 'year',
};
