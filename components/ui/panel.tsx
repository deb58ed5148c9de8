import { clsx } from 'clsx';
import type { ReactNode } from 'react';

type PanelProps = {
  title: ReactNode;
  /** At the right end of the title line. */
  aside?: ReactNode;
  /** Without padding, for lists that reach the edges. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
};

/** A part of a page with a heading of its own. */
export function Panel({ title, aside, flush, className, children }: PanelProps) {
  return (
    <section className={clsx('mb-4 min-w-0 rounded-lg border border-line bg-card', className)}>
      <div className="flex min-h-[41px] flex-wrap items-center gap-2.5 border-b border-line px-4 py-1.5">
        <h2 className="text-[13px] font-semibold">{title}</h2>
        {aside && <div className="ml-auto text-sm text-ink-2">{aside}</div>}
      </div>
      <div className={flush ? undefined : 'px-4 py-3.5'}>{children}</div>
    </section>
  );
}
