'use client';
import { X } from 'lucide-react';
import { Combobox, type ComboboxOption } from '../ui/combobox';
import { Field } from '../ui/field';
import { formatCount } from '../ui/format-number';
import { IconButton } from '../ui/icon-button';
import { Input } from '../ui/input';
import type { PriceRow } from './price-rows';

type PriceRowFieldsProps = {
  row: PriceRow;
  currency: string;
  assistants: readonly ComboboxOption[];
  error: string | undefined;
  onChange: (part: Partial<PriceRow>) => void;
  onRemove: () => void;
};

/** One price or cost that somebody set. */
export function PriceRowFields({
  row,
  currency,
  assistants,
  error,
  onChange,
  onRemove,
}: PriceRowFieldsProps) {
  const chosen =
    assistants.find(({ value }) => value === row.name) ??
    (row.name === ''
      ? null
      : {
          value: row.name,
          label: assistants.length === 0 ? '…' : `${row.name.slice(0, 8)} (a cron, or gone)`,
        });
  const named = row.kind === 'model' ? row.name : (chosen?.label ?? '');
  const isRun = row.kind === 'run';
  return (
    <fieldset className="flex flex-wrap items-start gap-3">
      <legend className="sr-only">{named || 'New line'}</legend>
      {row.kind === 'model' ? (
        <Field label="Model, as it names itself" error={error} className="min-w-52 flex-1">
          <Input value={row.name} onChange={(event) => onChange({ name: event.currentTarget.value })} />
        </Field>
      ) : (
        <Field
          label={isRun ? 'Assistant, where nothing is measured' : 'Assistant, whatever the model'}
          error={error}
          className="min-w-52 flex-1"
        >
          <Combobox
            options={assistants}
            value={chosen}
            disabled={row.kind === 'kept'}
            onChange={(option) => onChange({ name: option?.value ?? '' })}
          />
        </Field>
      )}
      {row.kind === 'kept' ? (
        <Kept row={row} />
      ) : (
        <>
          <Field
            label={isRun ? `${currency} for a run` : `${currency} for a million tokens in`}
            className="w-40"
          >
            <Input
              inputMode="decimal"
              value={row.first}
              onChange={(event) => onChange({ first: event.currentTarget.value })}
            />
          </Field>
          {!isRun && (
            <Field label="and out" className="w-28">
              <Input
                inputMode="decimal"
                value={row.second}
                onChange={(event) => onChange({ second: event.currentTarget.value })}
              />
            </Field>
          )}
        </>
      )}
      <IconButton label={`Remove ${named || 'this line'}`} onClick={onRemove} className="mt-[22px]">
        <X className="size-4" />
      </IconButton>
    </fieldset>
  );
}

function Kept({ row: { rest } }: { row: PriceRow }) {
  if (rest === undefined || !('kind' in rest) || rest.kind !== 'tokens') return null;
  const { inputTokens, outputTokens, modelName } = rest.usage;
  return (
    <p className="mt-[26px] text-sm text-ink-2">
      {formatCount(inputTokens)} tokens in and {formatCount(outputTokens)} out of {modelName}
    </p>
  );
}
