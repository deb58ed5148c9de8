import { lookBackSpans, type LookBackSpan } from '@/lib/crons/look-back';

const longNames: Readonly<Record<LookBackSpan, string>> = {
  '24': 'the last 24 hours',
  '72': 'the last 3 days',
  '168': 'the last 7 days',
};
const shortNames: Readonly<Record<LookBackSpan, string>> = { '24': '24 h', '72': '3 days', '168': '7 days' };

/** What a choice is called: on the button, and in full for whoever does not see it. */
export function spanName(span: LookBackSpan): { readonly short: string; readonly long: string } {
  return { short: shortNames[span], long: longNames[span] };
}

/** Until somebody chooses: over the weekend on a Monday, else a day. */
export function usualSpan(nowMs: number, zone: string): LookBackSpan {
  const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: zone }).format(nowMs);
  return day === 'Mon' ? '72' : '24';
}

/** Reads what was chosen in this browser; null for nothing. */
export function readSpan(text: string | null): LookBackSpan | null {
  return lookBackSpans.find((span) => JSON.stringify(span) === text) ?? null;
}
