'use client';
import { Progress as Base } from '@base-ui/react/progress';

/** How far long work has come, with the count in words. `total` null: not known yet. */
export function Progress({ label, done, total }: { label: string; done: number; total: number | null }) {
  return (
    <Base.Root
      value={total === null ? null : done}
      max={total ?? 1}
      className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-1.5 text-sm"
    >
      <Base.Label className="text-ink-2">{label}</Base.Label>
      <span className="num">
        {done.toLocaleString('en')}
        {total !== null && ` of ${total.toLocaleString('en')}`}
      </span>
      <Base.Track className="col-span-2 h-1.5 overflow-hidden rounded-full bg-line">
        <Base.Indicator className="h-full rounded-full bg-accent transition-[width] data-indeterminate:w-1/3 data-indeterminate:animate-pulse" />
      </Base.Track>
    </Base.Root>
  );
}
