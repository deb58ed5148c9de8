'use client';
import { Check, Minus } from 'lucide-react';
import { useCallback, type ReactNode } from 'react';

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

/** The browser's own box in our look: a table has hundreds of them. */
export function Checkbox(props: CheckboxProps) {
  const { checked, onChange, indeterminate = false, disabled = false, label, tabIndex, children } = props;
  const sign = useCallback(
    (input: HTMLInputElement | null) => {
      if (input) input.indeterminate = indeterminate;
    },
    [indeterminate],
  );
  const Sign = indeterminate ? Minus : checked ? Check : null;
  const box = (
    <span className="relative grid size-4 shrink-0 place-items-center">
      <input
        ref={sign}
        type="checkbox"
        checked={checked}
        disabled={disabled}
        aria-label={label}
        {...(tabIndex !== undefined && { tabIndex })}
        onChange={({ currentTarget, nativeEvent }) =>
          onChange(currentTarget.checked, {
            shiftKey: nativeEvent instanceof MouseEvent && nativeEvent.shiftKey,
          })
        }
        className="absolute inset-0 m-0 appearance-none rounded-sm border-[1.5px] border-edge bg-card checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent disabled:opacity-50"
      />
      {Sign && (
        <Sign aria-hidden className="pointer-events-none relative size-3 text-accent-ink" strokeWidth={3} />
      )}
    </span>
  );
  if (children === undefined) return box;
  return (
    <label className="flex min-h-6 items-center gap-2.5">
      {box}
      <span className="min-w-0">{children}</span>
    </label>
  );
}
