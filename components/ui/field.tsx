'use client';
import { Field as BaseField } from '@base-ui/react/field';
import { clsx } from 'clsx';
import type { ReactNode } from 'react';

type FieldProps = {
  label: ReactNode;
  /** Always visible, below the control. */
  hint?: ReactNode;
  /** What is wrong and what to do; ties itself to the control and is read out when it appears. */
  error?: string | undefined;
  optional?: boolean;
  /** For tables and toolbars: the label is read out but not shown. */
  hideLabel?: boolean;
  /** What stands at the right end of the label line: a counter, a small link. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
};

/** Label, control, hint and error as one: any control of components/ui inside it is named and described by it. */
export function Field({ label, hint, error, optional, hideLabel, aside, className, children }: FieldProps) {
  return (
    <BaseField.Root invalid={error !== undefined} className={clsx('block min-w-0', className)}>
      <div className={hideLabel ? 'sr-only' : 'mb-[5px] flex items-baseline gap-2 text-sm text-ink-2'}>
        <BaseField.Label>{label}</BaseField.Label>
        {optional && <span className="text-ink-3">optional</span>}
        {aside && <span className="ml-auto">{aside}</span>}
      </div>
      {children}
      <div aria-live="polite">
        {error !== undefined && (
          <BaseField.Error match className="mt-1.5 text-sm text-bad">
            {error}
          </BaseField.Error>
        )}
      </div>
      {hint && <BaseField.Description className="mt-1.5 text-xs text-ink-2">{hint}</BaseField.Description>}
    </BaseField.Root>
  );
}
