import type { ReactNode } from 'react';

type EmptyStateProps = { title: string; actions?: ReactNode; picture?: ReactNode; children?: ReactNode };

/** Nothing here: says why, and what to do about it. */
export function EmptyState({ title, actions, picture, children }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-[520px] flex-col items-center px-6 py-14 text-center">
      {picture && <div className="mb-5 text-ink-3">{picture}</div>}
      <h2 className="text-xl font-semibold tracking-[-.015em]">{title}</h2>
      {children && <div className="mt-1.5 text-ink-2 text-balance">{children}</div>}
      {actions && <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
