'use client';
import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { useTableContext } from './table-context';

/** TwoLines lines; the second gives way where rows are low. */
export function TwoLines({ children }: { children: ReactNode }) {
  const { isCompact } = useTableContext();
  return (
    <span className={clsx('flex min-w-0 flex-col', isCompact && '[&>:nth-child(2)]:hidden')}>{children}</span>
  );
}
