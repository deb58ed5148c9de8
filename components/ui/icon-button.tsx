import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label' | 'className'> & {
  /** What the button does; read out, and shown when the pointer rests on it. */
  label: string;
  size?: 'small' | 'medium';
  className?: string;
};

export function IconButton({ label, size = 'medium', className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      aria-label={label}
      className={clsx(
        'inline-grid shrink-0 place-items-center rounded-md text-ink-2 transition-colors hover:bg-sunk hover:text-ink',
        'disabled:opacity-50 data-popup-open:bg-sunk data-popup-open:text-ink',
        size === 'small' ? 'size-6 max-md:size-8' : 'size-8 max-md:size-9',
        className,
      )}
    >
      {children}
    </button>
  );
}
