import ical, {
  ICalEventBusyStatus,
  ICalEventStatus,
  ICalEventTransparency,
  type ICalCalendar,
  type ICalEventData,
} from 'ical-generator';
import type { CalendarFeed } from '@/lib/crons/calendar-feed';
import { feedDays, feedEvents } from '@/lib/crons/feed-limits';
import type { CronSet } from '../cron-index/cron-set';
import type { FeedEvent, FeedPlan } from './plan-feed';

const dayMs = 86_400_000;
/** Programs that listen to it look once an hour. */
const refreshSeconds = 3_600;

export type FeedSubject = {
  readonly set: CronSet;
  readonly feed: Pick<CalendarFeed, 'feedId' | 'name' | 'zone'>;
  readonly deployment: string;
  /** Address of the dashboard, for links to crons. */
  readonly base: string;
};

/**
 * A plan as iCalendar (RFC 5545). Instants are UTC; events of a whole day lie on the days of the feed's zone. The same crons
 * give the same text, so that an ETag can be made from it: stamps are those of the crons, never the time of reading.
 */
export function feedText(plan: FeedPlan, subject: FeedSubject): string {
  const { feed } = subject;
  const calendar = ical({
    prodId: { company: 'Crondeck', product: 'Calendar', language: 'EN' },
    // Unlike texts of events, the library writes the name as it is.
    name: feed.name.replace(/[\\;,]/g, '\\$&'),
    ttl: refreshSeconds,
  });
  for (const event of plan.events) calendar.createEvent(eventOf(event, subject));
  addNote(calendar, plan, subject);
  return calendar.toString();
}

/** The date a day of the zone has, as midnight in UTC: events of a whole day carry a date and no time. */
function dateOf(atMs: number, zone: string): Date {
  const format = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: zone,
  });
  return new Date(`${format.format(atMs)}T00:00Z`);
}

function eventOf(event: FeedEvent, { set, feed, deployment, base }: FeedSubject): ICalEventData {
  const { columns, schedules, assistants } = set;
  const { slot } = event;
  const cronId = columns.ids[slot] as string;
  const name = columns.names[slot] as string;
  const { words, schedule, zone } = schedules.at(columns.schedule[slot] as number);
  const assistant = assistants.at(columns.assistant[slot] as number).name;
  const about = `${words}\n${schedule} ${zone}\nAssistant: ${assistant}`;
  const common = {
    url: `${base}/${encodeURIComponent(deployment)}/crons/${encodeURIComponent(cronId)}`,
    status: ICalEventStatus.CONFIRMED,
    // Agents at work keep nobody from a meeting.
    transparency: ICalEventTransparency.TRANSPARENT,
    busystatus: ICalEventBusyStatus.FREE,
    ...versionOf(set, slot, event.kind === 'run' ? event.atMs : event.dayMs),
  };
  if (event.kind === 'run') {
    const start = new Date(event.atMs);
    return { ...common, id: `${cronId}-${event.atMs}@crondeck`, start, summary: name, description: about };
  }
  const start = dateOf(event.dayMs, feed.zone);
  const date = start.toISOString().slice(0, 10);
  return {
    ...common,
    id: `${cronId}-${date}@crondeck`,
    start,
    end: new Date(start.getTime() + dayMs),
    allDay: true,
    summary: `${name}: ${runsText(event.runs)}`,
    description: `${about}\nIt runs too often for an event each time, so each day has one.`,
  };
}

/** When the cron was last changed. Programs take over an event again when its sequence rises. */
function versionOf(
  { columns }: CronSet,
  slot: number,
  atMs: number,
): Partial<ICalEventData> & { stamp: Date } {
  const createdMs = columns.createdMs[slot] as number;
  const updatedMs = columns.updatedMs[slot] as number;
  const changedMs = Number.isNaN(updatedMs) ? createdMs : updatedMs;
  if (Number.isNaN(changedMs)) return { stamp: new Date(atMs), sequence: 0 };
  const seconds = Number.isNaN(createdMs) ? 0 : Math.floor((changedMs - createdMs) / 1_000);
  return {
    stamp: new Date(changedMs),
    lastModified: new Date(changedMs),
    sequence: Math.min(Math.max(0, seconds), 2_147_483_647),
  };
}

/** Says in the calendar itself what is missing from it: an event of today. */
function addNote(
  calendar: ICalCalendar,
  { leftOut, unknown, fromMs }: FeedPlan,
  { feed, deployment, base }: FeedSubject,
): void {
  const missing = leftOut.crons + unknown;
  if (missing === 0) return;
  const start = dateOf(fromMs, feed.zone);
  const why = [
    leftOut.crons > 0 &&
      `${cronsText(leftOut.crons)} with ${runsText(leftOut.runs)} in ${feedDays} days had no room: a calendar holds ${feedEvents.toLocaleString('en')} events here. Subscribe to a narrower filter to see them.`,
    unknown > 0 &&
      `Of ${cronsText(unknown)} the schedule is random or cannot be read, so only the server knows when.`,
  ];
  calendar.createEvent({
    id: `left-out-${feed.feedId}@crondeck`,
    start,
    end: new Date(start.getTime() + dayMs),
    allDay: true,
    summary: `${cronsText(missing)} not in this calendar`,
    description: why.filter((text) => text !== false).join('\n'),
    url: `${base}/${encodeURIComponent(deployment)}/calendar`,
    stamp: start,
    transparency: ICalEventTransparency.TRANSPARENT,
    busystatus: ICalEventBusyStatus.FREE,
    status: ICalEventStatus.CONFIRMED,
  });
}

function runsText(runs: number): string {
  return `${runs.toLocaleString('en')} ${runs === 1 ? 'run' : 'runs'}`;
}

function cronsText(crons: number): string {
  return `${crons.toLocaleString('en')} ${crons === 1 ? 'cron' : 'crons'}`;
}
