import { clsx } from 'clsx';
import { Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { Mark } from './mark';

type NoteProps = {
  tone?: 'info' | 'warn' | 'bad' | 'ok';
  /** Bold, before the text. */
  title?: ReactNode;
  /** Links or buttons below the text: the way out. */
  actions?: ReactNode;
  /** Read out when it appears: for what somebody must hear although the focus is elsewhere. */
  announce?: boolean;
  className?: string;
  children?: ReactNode;
};

const looks = { info: 'bg-accent-soft', warn: 'bg-warn-soft', bad: 'bg-bad-soft', ok: 'bg-ok-soft' };
const marks = { warn: 'diamond', bad: 'triangle', ok: 'dot' } as const;

/** A few sentences that should not be missed: what is so, why, and what one can do. */
export function Note({ tone = 'info', title, actions, announce, className, children }: NoteProps) {
  return (
    <div
      role={announce ? 'status' : undefined}
      className={clsx(
        'grid grid-cols-[14px_minmax(0,1fr)] gap-[9px] rounded-lg px-3 py-[9px] text-sm',
        looks[tone],
        className,
      )}
    >
      <span className="grid h-[1.45em] place-items-center">
        {tone === 'info' ? (
          <Info aria-hidden className="size-3.5 text-accent" />
        ) : (
          <Mark shape={marks[tone]} />
        )}
      </span>
      <div className="min-w-0 wrap-anywhere">
        {title && <strong className="font-semibold">{title} </strong>}
        {children}
        {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}
