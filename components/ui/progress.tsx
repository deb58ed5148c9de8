'use client';
import { useId } from 'react';
import { formatCount } from './format-number';

/** How far long work has come, with the count in words. `total` null: not known yet. */
export function Progress({ label, done, total }: { label: string; done: number; total: number | null }) {
  const id = useId();
  return (
    <div className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-1.5 text-sm">
      <span id={id} className="text-ink-2">
        {label}
      </span>
      <span className="num">
        {formatCount(done)}
        {total !== null && ` of ${formatCount(total)}`}
      </span>
      <progress
        aria-labelledby={id}
        max={total ?? 1}
        {...(total !== null && { value: done })}
        className="progress col-span-2"
      />
    </div>
  );
}
