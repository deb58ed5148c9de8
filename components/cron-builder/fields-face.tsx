'use client';
import { useState } from 'react';
import { Note } from '@/components/ui/note';
import type { ScheduleFields } from '@/lib/schedule/fields';
import { toFields } from '@/lib/schedule/to-fields';
import { fromFields } from '@/lib/schedule/from-fields';
import { parseSchedule } from '@/lib/schedule/parse-schedule';
import type { FaceProps } from './face-props';
import { FieldChooser } from './field-chooser';

const every = { kind: 'every' } as const;
const everyMinute: ScheduleFields = {
  minute: every,
  hour: every,
  dayOfMonth: every,
  month: every,
  dayOfWeek: every,
};
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function numbers(from: number, to: number, label: (value: number) => string = String) {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    value: from + index,
    label: label(from + index),
  }));
}

/** Each field of the expression by itself. What fields cannot show is said and left alone. */
export function FieldsFace({ schedules, onChange, secondsFirst }: FaceProps) {
  const [text = ''] = schedules;
  const parsed = parseSchedule(text, { secondsFirst });
  const shown = parsed.ok ? toFields(parsed.value) : null;
  // A field with nothing chosen has no expression: it is held here until something is.
  const [pending, setPending] = useState<{ readonly text: string; readonly fields: ScheduleFields } | null>(
    null,
  );
  if (schedules.length > 1 || (shown && !shown.ok) || (!parsed.ok && text.trim() !== '')) {
    const why =
      schedules.length > 1
        ? 'there are several expressions'
        : shown && !shown.ok
          ? shown.error.message
          : 'it is not a schedule yet';
    return (
      <Note>
        <span className="mono">{schedules.join(' and ')}</span> cannot be shown as fields: {why} It stays as
        it is.
      </Note>
    );
  }
  const fields = pending?.text === text ? pending.fields : shown?.ok ? shown.value : everyMinute;
  const made = fromFields(fields);
  const put = (part: Partial<ScheduleFields>) => {
    const next = { ...fields, ...part };
    const written = fromFields(next);
    setPending({ text: written.ok ? written.value : text, fields: next });
    if (written.ok) onChange([written.value]);
  };
  return (
    <div className="flex flex-col gap-3.5">
      <FieldChooser
        label="Minutes"
        choice={fields.minute}
        options={numbers(0, 59)}
        onChange={(minute) => put({ minute: plain(minute) })}
      />
      <FieldChooser
        label="Hours"
        choice={fields.hour}
        options={numbers(0, 23)}
        onChange={(hour) => put({ hour: plain(hour) })}
      />
      <FieldChooser
        label="Days of the month"
        choice={fields.dayOfMonth}
        options={numbers(1, 31)}
        extra={{ last: 'the last day' }}
        onChange={(dayOfMonth) => dayOfMonth.kind !== 'nth' && put({ dayOfMonth })}
      />
      <FieldChooser
        label="Months"
        choice={fields.month}
        options={numbers(1, 12, (month) => months[month - 1] ?? '')}
        onChange={(month) => put({ month: plain(month) })}
      />
      <FieldChooser
        label="Days of the week"
        choice={fields.dayOfWeek}
        options={[...numbers(1, 6, (day) => weekdays[day] ?? ''), { value: 0, label: 'Sun' }]}
        onChange={(dayOfWeek) =>
          dayOfWeek.kind !== 'last' && dayOfWeek.kind !== 'nearest-weekday' && put({ dayOfWeek })
        }
      />
      {!made.ok && (
        <p role="alert" className="text-sm text-bad">
          {made.error.message} {made.error.hint}
        </p>
      )}
    </div>
  );
}

type AnyChoice = ScheduleFields['dayOfMonth'] | ScheduleFields['dayOfWeek'];

/** Minutes, hours and months have no other kinds than these. */
function plain(choice: AnyChoice): ScheduleFields['minute'] {
  return choice.kind === 'values' || choice.kind === 'step' ? choice : every;
}
