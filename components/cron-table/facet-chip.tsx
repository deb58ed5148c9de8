'use client';
import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { useDeferredValue, useId, useState } from 'react';
import type { FacetValue } from '@/lib/crons/cron-list';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { formatCount } from '../ui/format-number';
import { Input } from '../ui/input';
import { Popover } from '../ui/popover';

type FacetChipProps = {
  label: string;
  /** Without counts where nobody has counted. */
  values: readonly (Omit<FacetValue, 'count'> & { readonly count?: number })[];
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
};

/** One facet: closed it says what is chosen, open it lists its values with how many crons each would show. */
export function FacetChip({ label, values, chosen, onChange }: FacetChipProps) {
  const on = chosen.length > 0;
  const nameOf = (value: string) => values.find((known) => known.value === value)?.label ?? value;
  const said = chosen.length > 2 ? `${chosen.length} chosen` : chosen.map(nameOf).join(', ');
  const trigger = (
    <button
      type="button"
      className={clsx(
        'inline-flex h-7 max-w-64 items-center gap-1.5 rounded-full border px-2.5 text-sm data-popup-open:border-accent max-md:h-8',
        on
          ? 'rounded-r-none border-r-0 border-accent-line bg-accent-soft pr-1.5'
          : 'border-dashed border-line-strong text-ink-2 hover:border-edge hover:text-ink',
      )}
    >
      <span className={on ? 'font-medium' : undefined}>{label}</span>
      {on && <span className="clip">{said}</span>}
    </button>
  );
  return (
    <span className="inline-flex items-center">
      <Popover trigger={trigger} label={`Filter by ${label.toLowerCase()}`} className="w-72">
        <FacetList label={label} values={values} chosen={chosen} onChange={onChange} />
      </Popover>
      {on && (
        <button
          type="button"
          aria-label={`Remove the filter ${label}`}
          onClick={() => onChange([])}
          className="grid h-7 w-7 place-items-center rounded-r-full border border-l-0 border-accent-line bg-accent-soft pr-1 text-ink-2 hover:text-ink max-md:h-8"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </span>
  );
}

const searchedFrom = 8;

function FacetList({ label, values, chosen, onChange }: FacetChipProps) {
  const [text, setText] = useState('');
  const needle = useDeferredValue(text.trim().toLowerCase());
  const heading = useId();
  // What is chosen stays in sight even when it has no crons left.
  const missing = chosen.filter((value) => !values.some((known) => known.value === value));
  const all = [...missing.map((value) => ({ value, label: value, count: 0 })), ...values];
  const shown = all.filter((value) => value.label.toLowerCase().includes(needle));
  const toggle = (value: string, on: boolean) =>
    onChange(on ? [...chosen, value] : chosen.filter((other) => other !== value));
  return (
    <div>
      <div className="flex items-center justify-between px-3 pt-2.5 pb-1 text-xs text-ink-2">
        <span id={heading}>{label}</span>
        {chosen.length > 0 && (
          <Button tone="quiet" size="small" onClick={() => onChange([])}>
            Clear
          </Button>
        )}
      </div>
      {all.length > searchedFrom && (
        <div className="px-2 pb-1.5">
          <Input
            size="small"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            placeholder="Search"
            aria-label={`Search in ${label}`}
          />
        </div>
      )}
      <ul aria-labelledby={heading} className="scroll-quiet max-h-72 overflow-y-auto px-1.5 pb-1.5">
        {shown.map(({ value, label: name, count }) => (
          <li key={value} className="rounded-md px-1.5 py-0.5 hover:bg-sunk">
            <Checkbox checked={chosen.includes(value)} onChange={(on) => toggle(value, on)}>
              <span className="flex gap-3">
                <span className="clip max-w-48">{name}</span>
                <span className="num text-ink-3">{count !== undefined && formatCount(count)}</span>
              </span>
            </Checkbox>
          </li>
        ))}
        {shown.length === 0 && <li className="px-1.5 py-1 text-sm text-ink-2">Nothing is called that.</li>}
      </ul>
      {values.length >= 50 && (
        <p className="border-t border-line px-3 py-2 text-xs text-ink-2">
          The 50 most frequent. Search the table for others.
        </p>
      )}
    </div>
  );
}
