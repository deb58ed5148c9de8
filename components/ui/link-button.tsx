import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { buttonClass, type ButtonTone, type ControlSize } from './button-class';

type LinkButtonProps = Omit<ComponentProps<typeof Link>, 'className'> & {
  tone?: ButtonTone;
  size?: ControlSize;
  icon?: ReactNode;
  className?: string;
};

/** A link that looks like a button: it leads somewhere, so it can be opened in a new tab. */
export function LinkButton({ tone, size, icon, className, children, ...rest }: LinkButtonProps) {
  return (
    <Link {...rest} className={buttonClass(tone, size, className)}>
      {icon}
      {children}
    </Link>
  );
}
