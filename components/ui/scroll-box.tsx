'use client';
import { clsx } from 'clsx';
import { useEffect, useRef, type ReactNode } from 'react';

type Props = {
  label: string;
  mono?: boolean;
  /** Stays at the end while this grows. */
  follow?: string;
  className?: string;
  children: ReactNode;
};

/** Text of a stranger in a box that scrolls and that the keyboard can reach. */
export function ScrollBox({ label, mono, follow, className, children }: Props) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (follow !== undefined && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [follow]);
  return (
    <section
      ref={box}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- Without it the keyboard cannot scroll.
      tabIndex={0}
      aria-label={label}
      className={clsx(
        'scroll-quiet overflow-auto whitespace-pre-wrap wrap-anywhere',
        mono && 'mono text-sm',
        className,
      )}
    >
      {children}
    </section>
  );
}
