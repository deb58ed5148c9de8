import type { ComponentProps, ReactNode } from 'react';
import { buttonClass, type ButtonTone, type ControlSize } from './button-class';
import { Spinner } from './spinner';

export type ButtonProps = Omit<ComponentProps<'button'>, 'className'> & {
  tone?: ButtonTone;
  size?: ControlSize;
  icon?: ReactNode;
  /** Work is under way: shows a spinner and ignores clicks, but keeps the focus where it is. */
  busy?: boolean;
  className?: string | undefined;
};

export function Button({ tone, size, icon, busy, className, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={buttonClass(tone, size, className)}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  );
}
