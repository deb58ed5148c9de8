/**
 * UTC offsets of a time zone, asked from `Intl` and remembered as segments of constant offset.
 * Both memories are bounded: a fixed number of zones, and a fixed number of time blocks in each.
 */

/** A stretch of time in which the offset does not change; `startMs` belongs to it, `endMs` does not. */
export type Segment = { readonly startMs: number; readonly endMs: number; readonly offsetMs: number };

/** About 398 days: time is examined in blocks of this size. */
const BLOCK_MS = 2 ** 35;
/** About 6 days: no zone has kept an offset for a shorter time since 1970. */
const PROBE_MS = 2 ** 29;
const MAX_BLOCKS = 160;
const MAX_ZONES = 640;
const MAX_FORMATS = 32;

export type ZoneClock = {
  readonly zone: string;
  /** The segment of the last question: the next one is mostly in it again. */
  recent: Segment;
  readonly blocks: Map<number, readonly Segment[]>;
};

const clocks = new Map<string, ZoneClock>();
const formats = new Map<string, Intl.DateTimeFormat>();
let lastClock: ZoneClock | null = null;

/** The clock of a zone. Throws a RangeError for a name that `Intl` does not know: check with `isServerZone` first. */
export function zoneClock(zone: string): ZoneClock {
  if (lastClock !== null && lastClock.zone === zone) return lastClock;
  let clock = clocks.get(zone);
  if (!clock) {
    clock = { zone, recent: { startMs: 0, endMs: 0, offsetMs: 0 }, blocks: new Map() };
    if (zone === 'UTC') clock.recent = { startMs: -Infinity, endMs: Infinity, offsetMs: 0 };
    else offsetAt(zone, 0);
    dropOldest(clocks, MAX_ZONES);
    clocks.set(zone, clock);
  }
  lastClock = clock;
  return clock;
}

/** The segment that holds an instant. Its ends are offset changes or, if none is near, the ends of a time block. */
export function segmentAt(clock: ZoneClock, ms: number): Segment {
  const { recent } = clock;
  if (ms >= recent.startMs && ms < recent.endMs) return recent;
  const index = Math.floor(ms / BLOCK_MS);
  let block = clock.blocks.get(index);
  if (!block) {
    block = examineBlock(clock.zone, index);
    dropOldest(clock.blocks, MAX_BLOCKS);
    clock.blocks.set(index, block);
  }
  for (const segment of block) {
    if (ms < segment.endMs) {
      clock.recent = segment;
      return segment;
    }
  }
  throw new RangeError(`no offset known for ${ms} in ${clock.zone}`);
}

function examineBlock(zone: string, index: number): readonly Segment[] {
  const segments: Segment[] = [];
  const blockEnd = (index + 1) * BLOCK_MS;
  let startMs = index * BLOCK_MS;
  let known = startMs;
  let offsetMs = offsetAt(zone, known);
  while (known < blockEnd) {
    const probe = known + PROBE_MS;
    const next = offsetAt(zone, probe);
    if (next !== offsetMs) {
      const change = findChange(zone, known, probe, offsetMs);
      if (change.atMs >= blockEnd) break;
      segments.push({ startMs, endMs: change.atMs, offsetMs });
      startMs = change.atMs;
      offsetMs = change.offsetMs;
      // Look again from the change: a second one may follow before the probe.
      known = change.atMs;
    } else known = probe;
  }
  segments.push({ startMs, endMs: blockEnd, offsetMs });
  return segments;
}

/** The first instant after `low` with another offset; `high` has one. Changes happen on whole seconds. */
function findChange(
  zone: string,
  low: number,
  high: number,
  before: number,
): { atMs: number; offsetMs: number } {
  let from = low;
  let to = high;
  let offsetMs = offsetAt(zone, high);
  while (to - from > 1000) {
    const middle = Math.floor((from + to) / 2000) * 1000;
    const offset = offsetAt(zone, middle);
    if (offset === before) from = middle;
    else {
      to = middle;
      offsetMs = offset;
    }
  }
  return { atMs: to, offsetMs };
}

function offsetAt(zone: string, ms: number): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      timeZoneName: 'longOffset',
      year: 'numeric',
    });
    dropOldest(formats, MAX_FORMATS);
    formats.set(zone, format);
  }
  const match = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(format.format(ms));
  if (!match?.[1]) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
  return (match[1] === '-' ? -seconds : seconds) * 1000;
}

function dropOldest<K, V>(map: Map<K, V>, limit: number): void {
  if (map.size < limit) return;
  const oldest = map.keys().next();
  if (!oldest.done) map.delete(oldest.value);
}
