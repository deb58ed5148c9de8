import { clsx } from 'clsx';

/** `primary`: the one thing to do here. `plain`: anything else. `quiet`: in toolbars. `danger`: confirms a loss, `danger-plain`: leads to one. */
export type ButtonTone = 'primary' | 'plain' | 'quiet' | 'danger' | 'danger-plain';
export type ControlSize = 'small' | 'medium' | 'large';

const tones: Record<ButtonTone, string> = {
  primary: 'border-accent bg-accent text-accent-ink hover:brightness-108 active:brightness-95',
  plain: 'border-line-strong bg-card text-ink hover:bg-sunk hover:border-edge',
  quiet:
    'border-transparent bg-transparent text-ink-2 hover:bg-sunk hover:text-ink data-popup-open:bg-sunk data-popup-open:text-ink',
  danger: 'border-bad bg-bad text-card hover:brightness-108 active:brightness-95',
  'danger-plain': 'border-line-strong bg-card text-bad hover:bg-bad-soft hover:border-bad',
};

const sizes: Record<ControlSize, string> = {
  small: 'h-[26px] gap-1.5 px-[9px] text-sm max-md:h-8 max-md:px-3',
  medium: 'h-8 gap-[7px] px-[13px] text-[13px] max-md:h-9',
  large: 'h-10 gap-2 px-4 text-base',
};

/** The look of a button, for elements that are not `Button` (a link, a menu trigger). */
export function buttonClass(tone: ButtonTone = 'plain', size: ControlSize = 'medium', more?: string): string {
  return clsx(
    'inline-flex items-center justify-center rounded-md border font-medium whitespace-nowrap select-none',
    'transition-[background-color,border-color,filter] duration-100 disabled:opacity-50 aria-disabled:opacity-50',
    tones[tone],
    sizes[size],
    more,
  );
}
