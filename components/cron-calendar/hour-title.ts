import { formatClock, zoneCity } from '../ui/format-instant';

/** "Saturday 21 November, 14:00 to 15:00, Berlin time". */
export function hourTitle(startMs: number, endMs: number, viewZone: string): string {
  const day = new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: viewZone,
  });
  return `${day.format(startMs)}, ${formatClock(startMs, viewZone)} to ${formatClock(endMs, viewZone)}, ${zoneCity(viewZone)} time`;
}
