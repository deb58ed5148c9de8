import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export type ReceiptLine = { readonly label: string; readonly value: ReactNode; readonly isSum?: boolean };

/** What is given up, line by line, as a till prints it. */
export function ReceiptLines({ lines }: { lines: readonly ReceiptLine[] }) {
  return (
    <dl className="num my-4 grid gap-[7px] border-y-[1.5px] border-dashed border-line-strong py-3.5 font-mono text-sm">
      {lines.map(({ label, value, isSum }) => (
        <div
          key={label}
          className={clsx('flex items-baseline gap-2', isSum && 'pt-2 text-base font-semibold')}
        >
          <dt className="min-w-0 wrap-anywhere">{label}</dt>
          <span
            aria-hidden
            className="min-w-4 flex-1 -translate-y-[3px] border-b-[1.5px] border-dotted border-line-strong"
          />
          <dd className="shrink-0 text-right">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
