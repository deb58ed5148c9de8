'use client';
import { Checkbox as Base } from '@base-ui/react/checkbox';
import { Check, Minus } from 'lucide-react';
import { clsx } from 'clsx';
import type { ReactNode } from 'react';

type CheckboxProps = {
  checked: boolean;
  onChange: (checked: boolean, keys: { shiftKey: boolean }) => void;
  indeterminate?: boolean;
  disabled?: boolean;
  /** Without children: the name of the box, read out only. */
  label?: string;
  tabIndex?: number;
  /** The visible label. */
  children?: ReactNode;
};

export function Checkbox(props: CheckboxProps) {
  const { checked, onChange, indeterminate = false, disabled = false, label, tabIndex, children } = props;
  const box = (
    <Base.Root
      checked={checked}
      onCheckedChange={(next, { event }) =>
        onChange(next, { shiftKey: 'shiftKey' in event && event.shiftKey === true })
      }
      indeterminate={indeterminate}
      disabled={disabled}
      aria-label={label}
      {...(tabIndex !== undefined && { tabIndex })}
      className={clsx(
        'grid size-4 shrink-0 place-items-center rounded-sm border-[1.5px] border-edge bg-card',
        'data-checked:border-accent data-checked:bg-accent data-indeterminate:border-accent data-indeterminate:bg-accent',
        'data-disabled:opacity-50',
      )}
    >
      <Base.Indicator className="text-accent-ink">
        {indeterminate ? (
          <Minus className="size-3" strokeWidth={3} />
        ) : (
          <Check className="size-3" strokeWidth={3} />
        )}
      </Base.Indicator>
    </Base.Root>
  );
  if (children === undefined) return box;
  return (
    // oxlint-disable-next-line jsx-a11y/label-has-associated-control -- Base UI puts a native input beside the box.
    <label className="flex min-h-6 items-center gap-2.5">
      {box}
      <span className="min-w-0">{children}</span>
    </label>
  );
}
