'use client';
import { Field } from '@base-ui/react/field';
import type { ComponentProps } from 'react';
import { controlClass } from './control-class';

export type TextareaProps = Omit<ComponentProps<'textarea'>, 'className' | 'value' | 'defaultValue'> & {
  value?: string | undefined;
  defaultValue?: string | undefined;
  mono?: boolean;
  className?: string;
};

/** Several lines of text; grows with what is typed where the browser can (`field-sizing`). */
export function Textarea({ mono, rows = 4, className, ...rest }: TextareaProps) {
  const look = [
    'field-sizing-content max-h-[60vh] py-2 leading-normal',
    mono && 'font-mono text-sm',
    className,
  ];
  return (
    <Field.Control
      render={
        <textarea rows={rows} {...rest} className={controlClass('medium', look.filter(Boolean).join(' '))} />
      }
    />
  );
}
