import { DAY_MS, MINUTE_MS } from '@/lib/schedule/calendar';
import { LINKED_ZONES, RENAMED_ZONES } from '@/lib/schedule/zone-names';
import { segmentAt, zoneClock } from '@/lib/schedule/zone-offsets';

/** A zone for a picker. */
export type ZoneEntry = {
  readonly name: string;
  /** Minutes east of UTC at the instant asked about. */
  readonly offsetMinutes: number;
  /** `none`: no clock change within a year. */
  readonly dst: 'none' | 'standard' | 'summer';
  /** The next clock change within a year, epoch milliseconds, and the offset from then on. */
  readonly change: { readonly atMs: number; readonly offsetMinutes: number } | null;
};

const YEAR_MS = 366 * DAY_MS;
/** A lower offset for less than this (Morocco's Ramadan) does not make the rest of the year summer time. */
const SHORT_BREAK_MS = 60 * DAY_MS;

let known: { readonly canonical: readonly string[]; readonly all: ReadonlySet<string> } | null = null;

/**
 * Whether the server takes this time zone name: an IANA name in its exact spelling, old names included. Offsets
 * ("+02:00"), other letter case and blanks are refused, although `Intl` accepts them.
 */
export function isServerZone(zone: string): boolean {
  if (!zoneNames().all.has(zone) && !/^Etc\/GMT(?:\+(?:\d|1[0-2])|-(?:\d|1[0-4]))$/.test(zone)) return false;
  try {
    zoneClock(zone);
    return true;
  } catch (error) {
    // A runtime with old zone data does not know every name.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Minutes east of UTC in a zone at an instant. */
export function zoneOffsetMinutes(zone: string, atMs: number): number {
  return segmentAt(zoneClock(zone), atMs).offsetMs / MINUTE_MS;
}

/** The next instant at which a zone changes its offset, looking at most `withinMs` ahead; null if there is none. */
export function nextOffsetChange(
  zone: string,
  afterMs: number,
  withinMs: number = YEAR_MS,
): { atMs: number; beforeMs: number; afterMs: number } | null {
  const clock = zoneClock(zone);
  let segment = segmentAt(clock, afterMs);
  while (segment.endMs <= afterMs + withinMs) {
    const next = segmentAt(clock, segment.endMs);
    if (next.offsetMs !== segment.offsetMs) {
      return { atMs: next.startMs, beforeMs: segment.offsetMs, afterMs: next.offsetMs };
    }
    segment = next;
  }
  return null;
}

/** One entry of the list below. */
export function describeZone(name: string, atMs: number): ZoneEntry {
  const offsetMs = segmentAt(zoneClock(name), atMs).offsetMs;
  const offsetMinutes = offsetMs / MINUTE_MS;
  const change = nextOffsetChange(name, atMs);
  if (!change) return { name, offsetMinutes, dst: 'none', change: null };
  const next = { atMs: change.atMs, offsetMinutes: change.afterMs / MINUTE_MS };
  const back = nextOffsetChange(name, change.atMs);
  if (!back) return { name, offsetMinutes, dst: 'none', change: next };
  const breakMs = back.atMs - change.atMs;
  const higher = change.beforeMs > change.afterMs && breakMs >= SHORT_BREAK_MS;
  return { name, offsetMinutes, dst: higher ? 'summer' : 'standard', change: next };
}

/** The canonical zones under their present names, UTC first, then by name. */
export function listZones(atMs: number): readonly ZoneEntry[] {
  return zoneNames().canonical.map((name) => describeZone(name, atMs));
}

function zoneNames(): NonNullable<typeof known> {
  if (known) return known;
  const supported = Intl.supportedValuesOf('timeZone');
  const today = new Map(Object.entries(RENAMED_ZONES).map(([name, old]) => [old, name]));
  const canonical = new Set(supported.map((name) => today.get(name) ?? name));
  canonical.delete('UTC');
  const linked = Object.entries(LINKED_ZONES).flatMap(([area, names]) =>
    names.split(' ').map((name) => (area ? `${area}/${name}` : name)),
  );
  const all = new Set([...supported, ...canonical, ...today.keys(), ...linked, 'UTC']);
  known = { canonical: ['UTC', ...[...canonical].toSorted()], all };
  return known;
}
