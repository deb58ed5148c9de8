import type { ReactNode } from 'react';

/** A key to press, as printed on the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="rounded-sm border border-b-2 border-line bg-card px-[5px] font-mono text-2xs whitespace-nowrap text-ink-2">
      {children}
    </kbd>
  );
}
