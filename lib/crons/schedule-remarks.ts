import { parseSchedule, type Schedule } from '@/lib/schedule/parse-schedule';
import { scheduleNotes, type ScheduleNote } from '@/lib/schedule/schedule-notes';
import type { CronDraft } from './cron-draft';
import type { DraftPreview } from './draft-preview';
import type { DraftWarning } from './warnings/warning';

/** What the schedule module has to say about each expression, what clock changes do to it, and the crowd at the full hour. */
export function scheduleRemarks(draft: CronDraft, facts: RemarkFacts): readonly DraftWarning[] {
  const { schedules } = draft;
  const { preview } = facts;
  const put = (index: number, text: string) => ({
    schedules: schedules.map((old, at) => (at === index ? text : old)),
  });
  return preview.parts.flatMap((part, index) => {
    if (part.schedule === null) return [];
    const own = part.schedule.warnings.map(({ code, message, suggestion }): DraftWarning => {
      const fixes =
        suggestion === undefined ? [] : [{ label: `Use ${suggestion}`, change: put(index, suggestion) }];
      return {
        code,
        tone: 'warn',
        title: titles[code] ?? 'Look at the schedule again.',
        reason: message,
        fixes,
      };
    });
    const changes = clockChanges(part.schedule, draft.zone, facts, (text) => put(index, text));
    const calm = calmMinute(part.text);
    if (calm === null) return [...own, ...changes];
    return [
      ...own,
      ...changes,
      {
        code: 'full-hour',
        tone: 'info',
        title: 'It starts at the full hour.',
        reason:
          'Most crons do, so models and servers are busiest then. A few minutes later it often runs faster.',
        fixes: [{ label: 'Seven minutes later', change: put(index, calm) }],
      },
    ];
  });
}

type RemarkFacts = { readonly preview: DraftPreview; readonly nowMs: number; readonly viewerZone: string };

const changeTitles: Readonly<Record<ScheduleNote['kind'], string>> = {
  moved: 'Once a year the clocks skip this time.',
  skipped: 'Once a year the clocks skip this time.',
  twice: 'Once a year this time comes twice.',
  once: 'Once a year this time comes twice.',
  'utc-shift': 'Clocks will change.',
};

/** What daylight saving does within a year. That only its UTC time moves matters to who lives in another zone. */
function clockChanges(
  schedule: Schedule,
  zone: string,
  { preview, nowMs, viewerZone }: RemarkFacts,
  put: (text: string) => Partial<CronDraft>,
): readonly DraftWarning[] {
  if (preview.state !== 'runs') return [];
  const notes = scheduleNotes(schedule, zone, nowMs, { utcShifts: viewerZone !== zone });
  const [shift] = notes.filter((note) => note.kind === 'utc-shift');
  const told = notes.filter((note) => note.kind !== 'utc-shift');
  const fixes =
    told.length > 0
      ? awayFromChange(schedule, zone, nowMs).map((one) => ({ label: one.label, change: put(one.text) }))
      : [];
  const warnings = told.map(({ kind, message }): DraftWarning => ({
    code: `clock-change-${kind}`,
    tone: kind === 'once' ? 'info' : 'warn',
    title: changeTitles[kind],
    reason: message,
    fixes,
  }));
  if (!shift) return warnings;
  return [
    ...warnings,
    {
      code: 'clock-change-utc-shift',
      tone: 'info',
      title: changeTitles['utc-shift'],
      reason: shift.message,
      fixes: [],
    },
  ];
}

/** The same minute in the next hour that no clock change touches, for schedules at one hour. */
function awayFromChange(
  schedule: Schedule,
  zone: string,
  nowMs: number,
): readonly { label: string; text: string }[] {
  const [minute = '', hour = '', ...days] = schedule.text.trim().split(/\s+/);
  if (!/^\d+$/.test(hour) || days.length !== 3) return [];
  for (let later = Number(hour) + 1; later < 24; later += 1) {
    const text = [minute, String(later), ...days].join(' ');
    const parsed = parseSchedule(text);
    if (!parsed.ok || scheduleNotes(parsed.value, zone, nowMs).length > 0) continue;
    const hours = later - Number(hour);
    return [{ label: hours === 1 ? 'An hour later' : `${hours} hours later`, text }];
  }
  return [];
}

const titles: Readonly<Record<string, string>> = {
  'either-day': 'It runs on either of the two days.',
  'both-days': 'It runs only where both days meet.',
  'uneven-step': 'The steps do not come out even.',
  'step-beyond-field': 'The step is too large.',
  'wrapping-step': 'The range runs over its end.',
  'equal-range': 'This range means everything.',
  'every-day-list': 'One day field is always true.',
  'has-seconds': 'It has a field for seconds.',
  random: 'The time is drawn anew for every run.',
  'older-start-at-maximum': 'Older servers read this differently.',
  'older-sunday-seven': 'Older servers read this differently.',
  'older-day-zero': 'Older servers read this differently.',
  'older-white-space': 'Older servers read this differently.',
  'older-digits': 'Older servers read this differently.',
  'older-one-side-ends': 'Older servers read this differently.',
};

/** The expression seven minutes past the hour, where it says exactly "at minute 0" of certain hours. */
function calmMinute(text: string): string | null {
  const fields = text.trim().split(/\s+/);
  return fields.length === 5 && fields[0] === '0' ? ['7', ...fields.slice(1)].join(' ') : null;
}
