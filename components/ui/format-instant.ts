const minuteMs = 60_000;
const dayMs = 86_400_000;

type Style = 'clock' | 'clock-seconds' | 'weekday' | 'day' | 'day-year' | 'date-key' | 'exact' | 'offset';

const styles: Record<Style, Intl.DateTimeFormatOptions> = {
  clock: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  'clock-seconds': { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  weekday: { weekday: 'short' },
  day: { day: 'numeric', month: 'short' },
  'day-year': { day: 'numeric', month: 'short', year: 'numeric' },
  'date-key': { year: 'numeric', month: '2-digit', day: '2-digit' },
  exact: {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  },
  offset: { timeZoneName: 'shortOffset' },
};

// Making a formatter costs about as much as formatting a thousand times.
const made = new Map<string, Intl.DateTimeFormat>();

function formatter(style: Style, zone: string): Intl.DateTimeFormat {
  const key = `${style} ${zone}`;
  const known = made.get(key);
  if (known) return known;
  const fresh = new Intl.DateTimeFormat('en-GB', { ...styles[style], timeZone: isZone(zone) ? zone : 'UTC' });
  made.set(key, fresh);
  return fresh;
}

/** Whether this browser knows the zone. */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** "09:00"; with seconds where the instant is not on a full minute. */
export function formatClock(atMs: number, zone: string): string {
  return formatter(atMs % minuteMs === 0 ? 'clock' : 'clock-seconds', zone).format(atMs);
}

/** Days between two instants as a calendar in `zone` counts them: 0 the same day, 1 tomorrow. */
export function calendarDays(fromMs: number, toMs: number, zone: string): number {
  const day = (ms: number) => {
    const parts = formatter('date-key', zone).format(ms).split('/').map(Number);
    return Date.UTC(parts[2] ?? 0, (parts[1] ?? 1) - 1, parts[0] ?? 1) / dayMs;
  };
  return day(toMs) - day(fromMs);
}

/** The day as people say it: "today", "tomorrow", "yesterday", "Mon", "7 Dec", "7 Dec 2027". */
export function formatDay(atMs: number, nowMs: number, zone: string): string {
  const days = calendarDays(nowMs, atMs, zone);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  if (days > 1 && days < 7) return formatter('weekday', zone).format(atMs);
  const sameYear =
    formatter('date-key', zone).format(atMs).slice(6) === formatter('date-key', zone).format(nowMs).slice(6);
  return formatter(sameYear ? 'day' : 'day-year', zone).format(atMs);
}

/** "14:15", "tomorrow 09:00", "Mon 07:30", "7 Dec 12:00". */
export function formatMoment(atMs: number, nowMs: number, zone: string): string {
  const clock = formatClock(atMs, zone);
  return calendarDays(nowMs, atMs, zone) === 0 ? clock : `${formatDay(atMs, nowMs, zone)} ${clock}`;
}

/** "7 Dec 2026": a date without its time. */
export function formatDate(atMs: number, zone: string): string {
  return formatter('day-year', zone).format(atMs);
}

/** Everything: "Mon, 7 Dec 2026, 12:00:00 Europe/Berlin, UTC+1". */
export function formatExact(atMs: number, zone: string): string {
  const offset = formatOffset(atMs, zone);
  return `${formatter('exact', zone).format(atMs)} ${zone}${zone === 'UTC' ? '' : `, ${offset}`}`;
}

/** "UTC+1", "UTC". */
export function formatOffset(atMs: number, zone: string): string {
  const part = formatter('offset', zone)
    .formatToParts(atMs)
    .find(({ type }) => type === 'timeZoneName');
  return (part?.value ?? 'UTC').replace('GMT', 'UTC');
}

/** "Europe/Berlin" as people call it: "Berlin". */
export function zoneCity(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** A length of time with its two largest units: "31 s", "7 min", "18 h 52 min", "16 days". */
export function formatGap(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  if (hours < 48) return `${hours} h`;
  const days = Math.floor(hours / 24);
  if (days < 61) return `${days} days`;
  // From two of a kind on, so that no unit ever stands in the singular.
  if (days < 730) return `${Math.max(2, Math.floor(days / 30.44))} months`;
  return `${Math.max(2, Math.floor(days / 365.25))} years`;
}

/** "in 7 min", "3 days ago", "now". */
export function formatRelative(atMs: number, nowMs: number): string {
  const gap = atMs - nowMs;
  if (Math.abs(gap) < 1000) return 'now';
  return gap > 0 ? `in ${formatGap(gap)}` : `${formatGap(gap)} ago`;
}
