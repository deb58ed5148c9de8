'use client';
import { useDeferredValue, useId, useState } from 'react';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { formatCount } from '../ui/format-number';
import { Input } from '../ui/input';
import type { FacetChipProps } from './facet-chip';

const searchedFrom = 8;

/** The values of a facet with how many crons each would show; searched where they are many. */
export function FacetList({ label, values, chosen, onChange }: FacetChipProps) {
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
