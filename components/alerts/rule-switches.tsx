'use client';
import type { ReactNode } from 'react';
import { alertRules, type AlertRule, type AlertSettings } from '@/lib/alerts/alert-settings';
import { alertWords } from '@/lib/alerts/alert-words';
import { Select, type SelectOption } from '../ui/select';
import { Switch } from '../ui/switch';

type Props = {
  /** Nobody takes these: each destination is told only of others. */
  untold: readonly AlertRule[];
  settings: AlertSettings;
  isSaving: boolean;
  onSave: (part: Partial<AlertSettings>) => void;
};

const afterOptions: readonly SelectOption<AlertSettings['failingAfter']>[] = [
  { value: 'third', label: 'after three in a row' },
  { value: 'first', label: 'at the first failure' },
];
const dayOptions = ['1', '3', '7', '14', '30'].map((days) => ({
  value: days,
  label: days === '1' ? 'a day before' : `${days} days before`,
}));

/** A switch for each thing that can be wrong, in plain words. */
export function RuleSwitches({ settings, untold, isSaving, onSave }: Props) {
  const { rules, failingAfter, endingDays } = settings;
  const more: Partial<Record<AlertRule, ReactNode>> = {
    failing: (
      <Select
        size="small"
        aria-label="When a failing cron is told"
        options={afterOptions}
        value={failingAfter}
        disabled={isSaving || !rules.failing}
        onChange={(value) => onSave({ failingAfter: value })}
      />
    ),
    'ending-soon': (
      <Select
        size="small"
        aria-label="How long before its end a cron is told"
        options={dayOptions}
        value={String(endingDays)}
        disabled={isSaving || !rules['ending-soon']}
        onChange={(value) => onSave({ endingDays: Number(value) })}
      />
    ),
  };
  return (
    <div className="grid gap-4">
      {alertRules.map((rule) => (
        <div key={rule} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
          <Switch
            checked={rules[rule]}
            // Each change is made to what was saved last: the next one waits for it.
            onChange={(on) => !isSaving && onSave({ rules: { ...rules, [rule]: on } })}
            hint={
              rules[rule] && untold.includes(rule)
                ? `${alertWords[rule].hint} Nobody hears of it: no destination is told of this.`
                : alertWords[rule].hint
            }
          >
            {alertWords[rule].title}
          </Switch>
          {more[rule] && <div className="w-60 max-md:ml-[44px]">{more[rule]}</div>}
        </div>
      ))}
      <p className="border-t border-line pt-3 text-sm text-ink-2">
        Crondeck waits a minute or two before it writes, puts what happens together into one message, and
        writes again only when it is over. What comes and goes has to stay away longer each time before it
        counts as over.
      </p>
    </div>
  );
}
