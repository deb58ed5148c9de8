import { countRuns, countRunsByBucket } from '@/lib/schedule/count-runs';
import { describeSchedule } from '@/lib/schedule/describe-schedule';
import { nextRun } from '@/lib/schedule/next-runs';
import { parseSchedule, type Schedule } from '@/lib/schedule/parse-schedule';
import { isServerZone } from '@/lib/schedule/zone';
import { frequencyBands, type FrequencyBand } from '@/lib/crons/cron-list';
import { StringTable } from './string-table';

const dayMs = 86_400_000;
/** 52 whole weeks: long enough for what runs once a year, and no weekday is counted more often than another. */
const yearDays = 364;

export type ScheduleState = 'runs' | 'never-runs' | 'unreadable';

/** What is derived from one pair of schedule and zone; thousands of crons share it. */
export type ScheduleEntry = {
  readonly schedule: string;
  readonly zone: string;
  readonly words: string;
  readonly state: ScheduleState;
  /** Mean over a year. */
  readonly runsADay: number;
  readonly band: FrequencyBand;
  /** Lower-case text the search looks into. */
  readonly searchText: string;
  readonly parsed: Schedule | null;
};

export function frequencyBand(runsADay: number): FrequencyBand {
  if (runsADay < 1) return 'rare';
  if (runsADay < 24) return 'daily';
  return runsADay < 288 ? 'hourly' : 'frequent';
}

/** What a schedule means whatever its zone. */
type Reading = { readonly parsed: Schedule | null; readonly words: string };

/** Distinct (schedule, zone) pairs of a deployment by number; each is parsed, described and counted once. */
export class ScheduleTable {
  readonly entries: ScheduleEntry[] = [];
  readonly zones = new StringTable();
  /** Numbers of zone and frequency band by schedule number. */
  zoneOf = new Int32Array(256);
  bandOf = new Uint8Array(256);
  /** Numbers by zone and schedule: looking up two texts is cheaper than making a third. */
  private readonly numbers = new Map<string, Map<string, number>>();
  private readonly readings = new Map<string, Reading>();
  private readonly hourCounts = new Map<number, readonly number[]>();
  private hoursFromMs = Number.NaN;

  constructor(private readonly secondsFirst: boolean) {}

  intern(schedule: string, zone: string, nowMs: number): number {
    let numbers = this.numbers.get(zone);
    if (!numbers) this.numbers.set(zone, (numbers = new Map()));
    const known = numbers.get(schedule);
    if (known !== undefined) return known;
    const number = this.entries.length;
    const entry = this.entryOf(schedule, zone, nowMs);
    this.entries.push(entry);
    this.number(entry, number);
    numbers.set(schedule, number);
    return number;
  }

  private number(entry: ScheduleEntry, number: number): void {
    if (number >= this.zoneOf.length) {
      const [zoneOf, bandOf] = [this.zoneOf, this.bandOf];
      this.zoneOf = new Int32Array(zoneOf.length * 2);
      this.zoneOf.set(zoneOf);
      this.bandOf = new Uint8Array(bandOf.length * 2);
      this.bandOf.set(bandOf);
    }
    this.zoneOf[number] = this.zones.intern(entry.zone);
    this.bandOf[number] = frequencyBands.indexOf(entry.band);
  }

  private entryOf(schedule: string, zone: string, nowMs: number): ScheduleEntry {
    const { parsed: read, words } = this.readingOf(schedule);
    const parsed = isServerZone(zone) ? read : null;
    const runs = parsed ? countRuns(parsed, zone, nowMs, nowMs + yearDays * dayMs) : 0;
    // A random schedule has no next run to show and yet it runs; what runs in no year is told from a leap day.
    const never = parsed?.kind === 'fixed' && runs === 0 && nextRun(parsed, zone, nowMs) === null;
    const state = parsed === null ? 'unreadable' : never ? 'never-runs' : 'runs';
    const runsADay = runs / yearDays;
    const searchText = `${words}\n${schedule}\n${zone}`.toLowerCase();
    return { schedule, zone, words, state, runsADay, band: frequencyBand(runsADay), searchText, parsed };
  }

  private readingOf(schedule: string): Reading {
    let reading = this.readings.get(schedule);
    if (!reading) {
      const read = parseSchedule(schedule, { secondsFirst: this.secondsFirst });
      reading = read.ok
        ? { parsed: read.value, words: describeSchedule(read.value) }
        : { parsed: null, words: schedule };
      this.readings.set(schedule, reading);
    }
    return reading;
  }

  at(number: number): ScheduleEntry {
    const entry = this.entries[number];
    if (!entry) throw new RangeError(`no schedule ${number}`);
    return entry;
  }

  /** Our own next run after `afterMs`; null where the schedule has none or cannot be read. */
  nextRun(number: number, afterMs: number): number | null {
    const { parsed, zone } = this.at(number);
    return parsed === null ? null : nextRun(parsed, zone, afterMs);
  }

  /** Runs in each of the 24 hours from `fromMs` (a full hour); kept until the hour changes. */
  runsByHour(number: number, fromMs: number): readonly number[] {
    if (fromMs !== this.hoursFromMs) {
      this.hourCounts.clear();
      this.hoursFromMs = fromMs;
    }
    const known = this.hourCounts.get(number);
    if (known) return known;
    const { parsed, zone } = this.at(number);
    const buckets = parsed === null ? [] : countRunsByBucket(parsed, zone, fromMs, fromMs + dayMs, 'hour');
    const counts = buckets.map((bucket) => bucket.count);
    this.hourCounts.set(number, counts);
    return counts;
  }
}
