'use client';
import { Field } from '@base-ui/react/field';
import type { ComponentProps } from 'react';
import { controlClass } from './control-class';
import type { ControlSize } from './button-class';

export type InputProps = Omit<ComponentProps<'input'>, 'size' | 'className' | 'value' | 'defaultValue'> & {
  value?: string | undefined;
  defaultValue?: string | undefined;
  size?: ControlSize;
  mono?: boolean;
  className?: string;
};

/** A text box. Inside `Field` it takes label, hint and error from there; `{...register(name)}` works as it is. */
export function Input({ size, mono, className, ...rest }: InputProps) {
  return (
    <Field.Control
      autoComplete="off"
      {...rest}
      className={controlClass(size, [mono && 'font-mono', className].filter(Boolean).join(' '))}
    />
  );
}
