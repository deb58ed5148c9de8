'use client';
import { Switch as Base } from '@base-ui/react/switch';
import type { ReactNode } from 'react';

type SwitchProps = {
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  hint?: ReactNode;
  children: ReactNode;
};

/** Takes effect at once or is part of a form; the label says what is true when it is on. */
export function Switch({ checked, onChange, disabled = false, hint, children }: SwitchProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/label-has-associated-control -- Base UI puts a native input beside the track.
    <label className="flex items-start gap-2.5">
      <Base.Root
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        className="mt-px flex h-5 w-[34px] shrink-0 items-center rounded-full border border-edge bg-sunk px-[2px] transition-colors data-checked:border-accent data-checked:bg-accent data-disabled:opacity-50"
      >
        <Base.Thumb className="size-[14px] rounded-full bg-edge transition-transform data-checked:translate-x-[14px] data-checked:bg-accent-ink" />
      </Base.Root>
      <span className="min-w-0">
        {children}
        {hint && <span className="block text-sm text-ink-2">{hint}</span>}
      </span>
    </label>
  );
}
