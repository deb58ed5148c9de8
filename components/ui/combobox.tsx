'use client';
import { Combobox as Base } from '@base-ui/react/combobox';
import { Check, ChevronDown, X } from 'lucide-react';
import { clsx } from 'clsx';
import type { ReactNode, Ref } from 'react';
import { controlClass } from './control-class';
import { Spinner } from './spinner';
import type { ControlSize } from './button-class';

export type ComboboxOption = {
  readonly value: string;
  readonly label: string;
  /** Small text after the label; searched as well. */
  readonly hint?: string;
};

type ComboboxProps = {
  options: readonly ComboboxOption[];
  /** The chosen option itself, as it may not be among `options` when those come from a search. */
  value: ComboboxOption | null;
  onChange: (option: ComboboxOption | null) => void;
  onBlur?: () => void;
  /** Given: `options` are what this search found, and nothing is filtered here. */
  onSearch?: (text: string) => void;
  loading?: boolean;
  /** Said when nothing matches. */
  empty?: ReactNode;
  placeholder?: string;
  clearable?: boolean;
  size?: ControlSize;
  disabled?: boolean;
  leading?: ReactNode;
  /** Shown in the box, right of what is chosen. */
  trailing?: ReactNode;
  ref?: Ref<HTMLInputElement>;
  'aria-label'?: string;
  /** How many are listed at once. */
  limit?: number;
};

const byValue = (a: ComboboxOption, b: ComboboxOption) => a.value === b.value;

function matches(option: ComboboxOption, query: string): boolean {
  const text = `${option.label} ${option.hint ?? ''}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** One of many, found by typing. Text that picks nothing is put back on leaving, so the box never lies. */
export function Combobox(props: ComboboxProps) {
  const {
    options,
    value,
    onChange,
    onBlur,
    onSearch,
    loading,
    empty = 'Nothing matches.',
    limit = 200,
    ref,
  } = props;
  return (
    <Base.Root
      items={options}
      value={value}
      onValueChange={onChange}
      isItemEqualToValue={byValue}
      filter={onSearch ? null : matches}
      limit={limit}
      autoHighlight
      disabled={props.disabled ?? false}
      {...(onSearch && {
        onInputValueChange: (text, { reason }) =>
          (reason === 'input-change' || reason === 'input-clear') && onSearch(text),
      })}
    >
      <Base.InputGroup className={controlClass(props.size, 'flex items-center gap-2 py-0')}>
        {props.leading}
        <Base.Input
          ref={ref}
          onBlur={onBlur}
          placeholder={props.placeholder}
          aria-label={props['aria-label']}
          className="min-w-0 flex-1 self-stretch bg-transparent outline-none"
        />
        {loading ? <Spinner className="text-ink-3" /> : props.trailing}
        {props.clearable && (
          <Base.Clear
            aria-label="Clear"
            className="grid size-6 place-items-center rounded text-ink-3 hover:text-ink"
          >
            <X className="size-3.5" />
          </Base.Clear>
        )}
        <Base.Trigger
          aria-label="Show all"
          className="-mr-1 grid size-6 place-items-center text-ink-3 hover:text-ink"
        >
          <ChevronDown className="size-4" />
        </Base.Trigger>
      </Base.InputGroup>
      <ComboboxPopup empty={loading ? 'Searching…' : empty} />
    </Base.Root>
  );
}

function ComboboxPopup({ empty }: { empty: ReactNode }) {
  return (
    <Base.Portal>
      <Base.Positioner sideOffset={4} className="z-50 outline-none">
        <Base.Popup className="popup w-(--anchor-width) min-w-56 max-w-(--available-width) overflow-hidden">
          <Base.Empty className="px-3 py-2.5 text-sm text-ink-2 empty:hidden">{empty}</Base.Empty>
          <Base.List className="scroll-quiet max-h-[min(320px,var(--available-height))] overflow-y-auto p-1 empty:p-0">
            {(option: ComboboxOption) => (
              <Base.Item
                key={option.value}
                value={option}
                className={clsx(
                  'grid min-h-8 cursor-default grid-cols-[16px_minmax(0,1fr)_auto] items-center gap-2 rounded-md px-2 py-1',
                  'outline-none select-none data-highlighted:bg-accent-soft',
                )}
              >
                <Base.ItemIndicator className="col-start-1">
                  <Check className="size-4 text-accent" />
                </Base.ItemIndicator>
                <span className="clip col-start-2">{option.label}</span>
                {option.hint && (
                  <span className="mono clip col-start-3 max-w-48 text-ink-2">{option.hint}</span>
                )}
              </Base.Item>
            )}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}
