'use client';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { DayToggles } from './day-toggles';
import { dayNames, minuteSteps, nthNames, type SchedulePreset } from './schedule-preset';

type Props = { preset: SchedulePreset; onChange: (preset: SchedulePreset) => void };

function numbers(values: readonly number[], label: (value: number) => string) {
  return values.map((value) => ({ value: String(value), label: label(value) }));
}

const steps = numbers(minuteSteps, (value) => (value === 1 ? 'every minute' : `every ${value} minutes`));
const minutes = numbers(
  Array.from({ length: 60 }, (_, index) => index),
  (value) => `:${String(value).padStart(2, '0')}`,
);
const dates = numbers(
  Array.from({ length: 31 }, (_, index) => index + 1),
  (value) => `day ${value}`,
);
const weekdays = numbers([1, 2, 3, 4, 5, 6, 0], (value) => dayNames[value] ?? '');
const nths = numbers([1, 2, 3, 4], (value) => nthNames[value - 1] ?? '');

/** The rest of what a preset needs to know. */
export function PresetDetails({ preset, onChange }: Props) {
  switch (preset.kind) {
    case 'minutes':
      return (
        <Field label="Step">
          <Select
            options={steps}
            value={String(preset.every)}
            onChange={(every) => onChange({ ...preset, every: Number(every) })}
          />
        </Field>
      );
    case 'hourly':
      return (
        <Field label="At minute">
          <Select
            options={minutes}
            value={String(preset.minute)}
            onChange={(minute) => onChange({ ...preset, minute: Number(minute) })}
          />
        </Field>
      );
    case 'daily':
    case 'weekdays':
    case 'month-last-day':
      return <TimeOfDay preset={preset} onChange={onChange} />;
    case 'weekly':
      return (
        <>
          <DayToggles
            value={preset.days}
            onChange={(days) => days.length > 0 && onChange({ ...preset, days })}
          />
          <TimeOfDay preset={preset} onChange={onChange} />
        </>
      );
    case 'month-day':
      return (
        <div className="grid grid-cols-2 gap-3.5">
          <Field label="On" hint={preset.day > 28 ? 'Months without that day are skipped.' : undefined}>
            <Select
              options={dates}
              value={String(preset.day)}
              onChange={(day) => onChange({ ...preset, day: Number(day) })}
            />
          </Field>
          <TimeOfDay preset={preset} onChange={onChange} />
        </div>
      );
    case 'month-weekday':
      return (
        <div className="grid grid-cols-3 gap-3.5 max-md:grid-cols-2">
          <Field label="On the">
            <Select
              options={nths}
              value={String(preset.nth)}
              onChange={(nth) => onChange({ ...preset, nth: Number(nth) })}
            />
          </Field>
          <Field label="Weekday">
            <Select
              options={weekdays}
              value={String(preset.day)}
              onChange={(day) => onChange({ ...preset, day: Number(day) })}
            />
          </Field>
          <TimeOfDay preset={preset} onChange={onChange} />
        </div>
      );
  }
}

type Timed = Extract<SchedulePreset, { time: string }>;

function TimeOfDay({ preset, onChange }: { preset: Timed; onChange: (preset: SchedulePreset) => void }) {
  return (
    <Field label="At">
      <Input
        type="time"
        value={preset.time}
        onChange={(event) =>
          event.target.value !== '' && onChange({ ...preset, time: event.target.value.slice(0, 5) })
        }
      />
    </Field>
  );
}
