'use client';
import { clsx } from 'clsx';
import { X } from 'lucide-react';
import type { FacetValue } from '@/lib/crons/cron-list';
import { Popover } from '../ui/popover';

export type FacetChipProps = {
  label: string;
  /** Without counts where nobody has counted. */
  values: readonly (Omit<FacetValue, 'count'> & { readonly count?: number })[];
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
};

const loadList = () => import('./facet-list');

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
      <Popover trigger={trigger} label={`Filter by ${label.toLowerCase()}`} className="w-72" load={loadList}>
        {({ FacetList }) => <FacetList label={label} values={values} chosen={chosen} onChange={onChange} />}
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
