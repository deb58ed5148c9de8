import { clsx } from 'clsx';
import type { ControlSize } from './button-class';

const sizes: Record<ControlSize, string> = {
  small: 'min-h-8 px-2.5 text-sm',
  medium: 'min-h-9 px-3 text-base',
  large: 'min-h-[46px] px-3 text-xl tracking-[-.01em]',
};

/** The box of everything one types into or picks from. 16 px on phones, where smaller text makes the page zoom. */
export function controlClass(size: ControlSize = 'medium', more?: string): string {
  return clsx(
    'w-full min-w-0 rounded-md border border-edge bg-card text-ink max-md:text-[16px]',
    'transition-[border-color,box-shadow] duration-100',
    'focus-within:border-accent focus-within:outline-none focus-within:ring-3 focus-within:ring-accent-line/60',
    'data-invalid:border-bad aria-invalid:border-bad data-disabled:opacity-60 disabled:opacity-60 disabled:bg-sunk',
    sizes[size],
    more,
  );
}
