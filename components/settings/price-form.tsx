'use client';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { PriceSetting, Setting } from '@/lib/crons/cost-settings';
import { Button } from '../ui/button';
import type { ComboboxOption } from '../ui/combobox';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { readRows, toRows, type PriceRow } from './price-rows';
import { PriceRowFields } from './price-row-fields';

type PriceFormProps = {
  setting: Setting<PriceSetting>;
  assistants: readonly ComboboxOption[];
  isSaving: boolean;
  onSave: (value: PriceSetting) => void;
};

/** The currency, and what is set by hand over the price list: for a model, an assistant, or a run. */
export function PriceForm({ setting, assistants, isSaving, onSave }: PriceFormProps) {
  const { value, priceList } = setting;
  const [currency, setCurrency] = useState(value.currency);
  const [perDollar, setPerDollar] = useState(String(value.perDollar));
  const [rows, setRows] = useState<readonly PriceRow[]>(() => toRows(value));
  const [tried, setTried] = useState(false);
  const code = currency.trim().toUpperCase();
  const isDollar = code === 'USD';
  const read = readRows(rows, { currency: code, perDollar: isDollar ? '1' : perDollar });
  const errors = tried && !read.ok ? read.error : {};
  const change = (id: string, part: Partial<PriceRow>) =>
    setRows(rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  const add = (kind: PriceRow['kind']) =>
    setRows([...rows, { id: crypto.randomUUID(), kind, name: '', first: '', second: '' }]);
  const save = () => {
    setTried(true);
    if (read.ok) onSave(read.value);
  };
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <p className="max-w-[70ch] text-ink-2">
        The cost of a run is its measured tokens times the price of the model, from the list of{' '}
        {priceList.date} that comes with Crondeck (in dollars). What you set here counts instead.
      </p>
      <div className="flex flex-wrap gap-3">
        <Field label="Currency" error={errors['currency']} className="w-28">
          <Input
            value={currency}
            maxLength={3}
            onChange={(event) => setCurrency(event.currentTarget.value)}
          />
        </Field>
        {!isDollar && (
          <Field label={`${code || 'Units'} for one dollar`} error={errors['perDollar']} className="w-44">
            <Input
              inputMode="decimal"
              value={perDollar}
              onChange={(event) => setPerDollar(event.currentTarget.value)}
            />
          </Field>
        )}
      </div>
      {rows.map((row) => (
        <PriceRowFields
          key={row.id}
          row={row}
          currency={code}
          assistants={assistants}
          error={errors[row.id]}
          onChange={(part) => change(row.id, part)}
          onRemove={() => setRows(rows.filter((other) => other.id !== row.id))}
        />
      ))}
      <div className="flex flex-wrap gap-2">
        <Button size="small" icon={<Plus aria-hidden className="size-3.5" />} onClick={() => add('model')}>
          Price of a model
        </Button>
        <Button
          size="small"
          icon={<Plus aria-hidden className="size-3.5" />}
          onClick={() => add('assistant')}
        >
          Price for an assistant
        </Button>
        <Button size="small" icon={<Plus aria-hidden className="size-3.5" />} onClick={() => add('run')}>
          Cost of a run
        </Button>
        <span className="flex-1" />
        <Button type="submit" tone="primary" busy={isSaving}>
          Save prices
        </Button>
      </div>
    </form>
  );
}
