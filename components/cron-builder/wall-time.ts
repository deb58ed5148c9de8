import { zoneOffsetMinutes } from '@/lib/schedule/zone';

const minuteMs = 60_000;

/** What the clocks of a zone show at an instant, as `<input type="datetime-local">` writes it: "2027-01-31T18:00". */
export function toWallText(atMs: number, zone: string): string {
  return new Date(atMs + zoneOffsetMinutes(zone, atMs) * minuteMs).toISOString().slice(0, 16);
}

/**
 * The instant at which the clocks of a zone show this; null for text that is no date and time. A time that daylight
 * saving skips is read with the offset before the change, one that comes twice as the first.
 */
export function fromWallText(text: string, zone: string): number | null {
  const wallMs = /^\d{4,6}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(`${text.slice(0, 16)}Z`) : Number.NaN;
  if (Number.isNaN(wallMs)) return null;
  const dayMs = 1440 * minuteMs;
  const offsets = [zoneOffsetMinutes(zone, wallMs - dayMs), zoneOffsetMinutes(zone, wallMs + dayMs)];
  const instants = offsets.map((offset) => wallMs - offset * minuteMs);
  const exact = instants.filter((ms) => ms + zoneOffsetMinutes(zone, ms) * minuteMs === wallMs);
  return exact.length > 0 ? Math.min(...exact) : (instants[0] ?? null);
}
