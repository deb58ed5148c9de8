import { canMatch } from '@/lib/schedule/can-match';
import { describeDays } from '@/lib/schedule/describe-days';
import { describeTimes } from '@/lib/schedule/describe-times';
import { FIELD_WORDS } from '@/lib/schedule/field-words';
import { FIELD_NAMES, type Schedule } from '@/lib/schedule/schedule';
import { joinWords } from '@/lib/schedule/word-list';
import type { ScheduleWords } from '@/lib/schedule/schedule-words';
import { translateSchedule } from '@/lib/schedule/translate-schedule';

export type DescribeOptions = {
  /** A BCP 47 tag. English unless `words` for another language are passed in. */
  readonly locale?: string;
  /** What `loadScheduleWords` gives for the locale; other languages than English are not part of the first download. */
  readonly words?: ScheduleWords;
  /** 12-hour clock with AM and PM; 24-hour otherwise. */
  readonly hour12?: boolean;
  /** Named at the end of the sentence if given. */
  readonly zone?: string;
};

/** A schedule in words, for people: "Every weekday at 09:00", "Every 15 minutes, 08:00 to 18:45". */
export function describeSchedule(schedule: Schedule, options: DescribeOptions = {}): string {
  const { words, hour12 = false, zone } = options;
  const translated = words && schedule.kind === 'fixed' ? translateSchedule(schedule, words, hour12) : null;
  const sentence = translated ?? inEnglish(schedule, hour12);
  return zone === undefined ? sentence : `${sentence}, ${zoneWords(zone, translated === null)}`;
}

function inEnglish(schedule: Schedule, hour12: boolean): string {
  if (schedule.kind === 'random') {
    const drawn = FIELD_NAMES.filter((name) => /^r[(/]?/.test(schedule.fields[name]?.text ?? ''));
    return `At random times: the ${joinWords(drawn.map((name) => FIELD_WORDS[name]))} ${drawn.length > 1 ? 'are' : 'is'} drawn anew for every run`;
  }
  const times = describeTimes(schedule, hour12);
  const days = describeDays(schedule);
  const sentence =
    times.kind === 'at'
      ? `${days.lead} ${times.words}${days.period}`
      : `${times.words}${days.tail}${days.period}`;
  const { plan } = schedule;
  const [first, second] = plan.rules;
  const possible = [first, ...(second ? [second] : [])].map((rule) => canMatch(plan, rule));
  const runs = plan.oneRuleSuffices ? possible.includes(true) : !possible.includes(false);
  return runs ? sentence : `${sentence} (never: there is no such day)`;
}

/** "Berlin time" for Europe/Berlin; other languages get the name as it is. */
function zoneWords(zone: string, english: boolean): string {
  if (!english || zone === 'UTC' || !/^[A-Z][a-z]+\//.test(zone) || zone.startsWith('Etc/')) return zone;
  return `${zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')} time`;
}
