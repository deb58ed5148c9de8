'use client';
import { clsx } from 'clsx';
import { Input } from '@/components/ui/input';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import type { ScheduleFields } from '@/lib/schedule/fields';

type Choice = ScheduleFields['dayOfMonth'] | ScheduleFields['dayOfWeek'];
type Kind = Choice['kind'];
type Option = { readonly value: number; readonly label: string };

type Props = {
  label: string;
  choice: Choice;
  options: readonly Option[];
  /** Kinds beyond every, some and steps. */
  extra?: Partial<Record<Kind, string>>;
  onChange: (choice: Choice) => void;
};

const nths: Readonly<Record<string, string>> = {
  1: 'first',
  2: 'second',
  3: 'third',
  4: 'fourth',
  5: 'fifth',
  last: 'last',
};

function startOf(kind: Kind, options: readonly Option[]): Choice {
  const first = options[0]?.value ?? 0;
  switch (kind) {
    case 'every':
      return { kind };
    case 'values':
      return { kind, values: [first] };
    case 'step':
      return { kind, from: first, step: 2 };
    case 'last':
      return { kind };
    case 'nearest-weekday':
      return { kind, day: first };
    case 'nth':
      return { kind, weekday: 1, week: 1 };
  }
}

/** One field of the expression: every value, some of them, or steps. */
export function FieldChooser({ label, choice, options, extra = {}, onChange }: Props) {
  const special =
    choice.kind === 'nth'
      ? { nth: nthText(choice) }
      : choice.kind === 'nearest-weekday'
        ? { 'nearest-weekday': `the weekday nearest to day ${choice.day}` }
        : {};
  const kinds = { every: 'every', values: 'some', step: 'in steps', ...extra, ...special };
  return (
    <fieldset className="grid grid-cols-[120px_minmax(0,1fr)] items-start gap-x-3 gap-y-1.5 max-md:grid-cols-1">
      <legend className="sr-only">{label}</legend>
      <Select
        aria-label={label}
        size="small"
        options={Object.entries(kinds).map(([value, text]) => ({ value, label: `${label}: ${text}` }))}
        value={choice.kind}
        onChange={(kind) => onChange(startOf(kind as Kind, options))}
        className="col-span-full"
      />
      {choice.kind === 'values' && (
        <Values
          label={label}
          options={options}
          values={choice.values}
          onChange={(values) => onChange({ kind: 'values', values })}
        />
      )}
      {choice.kind === 'step' && (
        <div className="col-span-full flex gap-3">
          <Field label="Starting at">
            <Select
              size="small"
              options={options.map((option) => ({ value: String(option.value), label: option.label }))}
              value={String(choice.from)}
              onChange={(from) => onChange({ ...choice, from: Number(from) })}
            />
          </Field>
          <Field label="Every">
            <Input
              size="small"
              type="number"
              min={1}
              max={options.length}
              value={String(choice.step)}
              onChange={(event) => onChange({ ...choice, step: Number(event.target.value) })}
            />
          </Field>
        </div>
      )}
    </fieldset>
  );
}

function nthText({ weekday, week }: { weekday: number; week: number | 'last' }): string {
  const day = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'][weekday] ?? '';
  return `the ${nths[String(week)] ?? ''} ${day}`;
}

type ValuesProps = {
  label: string;
  options: readonly Option[];
  values: readonly number[];
  onChange: (values: number[]) => void;
};

function Values({ label, options, values, onChange }: ValuesProps) {
  return (
    <div className="col-span-full flex flex-wrap gap-1">
      {options.map((option) => {
        const on = values.includes(option.value);
        return (
          <button
            key={option.value}
            type="button"
            aria-pressed={on}
            aria-label={`${label}: ${option.label}`}
            onClick={() =>
              onChange(
                options
                  .map((one) => one.value)
                  .filter((value) => (value === option.value ? !on : values.includes(value))),
              )
            }
            className={clsx(
              'num h-7 min-w-8 rounded-sm border px-1.5 text-xs max-md:h-9 max-md:min-w-10',
              on
                ? 'border-accent bg-accent font-medium text-accent-ink'
                : 'border-line-strong bg-card hover:bg-sunk',
            )}
          >
            {option.label}
          </button>
        );
      })}
    </div>
  );
}
