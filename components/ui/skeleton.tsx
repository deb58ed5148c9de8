import { clsx } from 'clsx';

/** Stands where something will be; whoever shows it says in words that it is loading. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={clsx('block animate-pulse rounded-sm bg-line', className)} />;
}
