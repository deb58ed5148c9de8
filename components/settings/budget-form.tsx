'use client';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { BudgetSetting, SetBudget, Setting } from '@/lib/crons/cost-settings';
import { Button } from '../ui/button';
import { Combobox, type ComboboxOption } from '../ui/combobox';
import { Field } from '../ui/field';
import { IconButton } from '../ui/icon-button';
import { Input } from '../ui/input';
import { readAmount } from './price-rows';

type BudgetFormProps = {
  setting: Setting<BudgetSetting>;
  currency: string;
  assistants: readonly ComboboxOption[];
  isSaving: boolean;
  onSave: (value: BudgetSetting) => void;
};

type Line = { readonly id: string; readonly assistantId: string; readonly amount: string };

/** What a month may cost, altogether and for single assistants. Passing it warns; it never stops a cron. */
export function BudgetForm({ setting, currency, assistants, isSaving, onSave }: BudgetFormProps) {
  const { budgets } = setting.value;
  const [whole, setWhole] = useState(() =>
    String(budgets.find(({ scope }) => scope.kind === 'deployment')?.amount ?? ''),
  );
  const [lines, setLines] = useState<readonly Line[]>(() => budgets.flatMap(toLine));
  const [tried, setTried] = useState(false);
  const wholeProblem = whole.trim() !== '' && readAmount(whole) === null ? problem : undefined;
  const problems = lines.map((line, place) => problemOf(line, lines.slice(0, place)));
  const isWrong = wholeProblem !== undefined || problems.some((each) => each !== undefined);
  const change = (id: string, part: Partial<Line>) =>
    setLines(lines.map((line) => (line.id === id ? { ...line, ...part } : line)));
  const save = () => {
    setTried(true);
    const amount = readAmount(whole);
    if (isWrong) return;
    onSave({
      budgets: [
        ...(amount === null ? [] : [{ scope: { kind: 'deployment' as const }, amount }]),
        ...lines.map(({ assistantId, amount: text }) => ({
          scope: { kind: 'assistant' as const, assistantId },
          amount: readAmount(text) ?? 0,
        })),
      ],
    });
  };
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Field
        label={`All crons, ${currency} a month`}
        optional
        error={tried ? wholeProblem : undefined}
        hint="Crondeck warns when the projection passes it. It never stops a cron by itself."
        className="max-w-60"
      >
        <Input inputMode="decimal" value={whole} onChange={(event) => setWhole(event.currentTarget.value)} />
      </Field>
      {lines.map((line, place) => (
        <div key={line.id} className="flex flex-wrap items-start gap-3">
          <Field label="Assistant" error={tried ? problems[place] : undefined} className="min-w-52 flex-1">
            <Combobox
              options={assistants}
              value={
                assistants.find(({ value }) => value === line.assistantId) ??
                (line.assistantId === '' ? null : { value: line.assistantId, label: line.assistantId })
              }
              onChange={(option) => change(line.id, { assistantId: option?.value ?? '' })}
            />
          </Field>
          <Field label={`${currency} a month`} className="w-40">
            <Input
              inputMode="decimal"
              value={line.amount}
              onChange={(event) => change(line.id, { amount: event.currentTarget.value })}
            />
          </Field>
          <IconButton
            label="Remove this budget"
            onClick={() => setLines(lines.filter(({ id }) => id !== line.id))}
            className="mt-[22px]"
          >
            <X className="size-4" />
          </IconButton>
        </div>
      ))}
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          icon={<Plus aria-hidden className="size-3.5" />}
          onClick={() => setLines([...lines, { id: crypto.randomUUID(), assistantId: '', amount: '' }])}
        >
          Budget for an assistant
        </Button>
        <span className="flex-1" />
        <Button type="submit" tone="primary" busy={isSaving}>
          Save budgets
        </Button>
      </div>
    </form>
  );
}

const problem = 'Give an amount from 0 on, such as 250.';

function toLine({ scope, amount }: SetBudget): readonly Line[] {
  if (scope.kind !== 'assistant') return [];
  return [{ id: scope.assistantId, assistantId: scope.assistantId, amount: String(amount) }];
}

function problemOf(line: Line, before: readonly Line[]): string | undefined {
  if (line.assistantId === '') return 'Choose an assistant, or remove the line.';
  if (before.some(({ assistantId }) => assistantId === line.assistantId))
    return 'There is another budget for the same.';
  return readAmount(line.amount) === null ? problem : undefined;
}
