'use client';
import { AlertDialog as Base } from '@base-ui/react/alert-dialog';
import { clsx } from 'clsx';
import type { ReactNode, RefObject } from 'react';

type AlertDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description: ReactNode;
  /** The answers, the harmless one first. */
  actions: ReactNode;
  /** `receipt`: torn off at the bottom, for what is about to be given up. */
  look?: 'plain' | 'receipt';
  initialFocus?: RefObject<HTMLElement | null>;
  children?: ReactNode;
};

/** A question that must be answered: a click outside does nothing, Escape means no. */
export function AlertDialog(props: AlertDialogProps) {
  const { open, onOpenChange, title, description, actions, look = 'plain', initialFocus, children } = props;
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="veil" />
        <Base.Viewport className="fixed inset-0 z-40 grid place-items-center overflow-y-auto p-4">
          <Base.Popup
            {...(initialFocus && { initialFocus })}
            className={clsx(
              'w-full max-w-[430px] outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0',
              look === 'receipt' ? 'receipt' : 'popup rounded-xl p-5',
            )}
          >
            <Base.Title className="mb-1 text-xl font-semibold tracking-[-.015em] wrap-anywhere">
              {title}
            </Base.Title>
            <Base.Description render={<div />} className="text-ink-2 wrap-anywhere">
              {description}
            </Base.Description>
            {children}
            <div className="mt-4 flex flex-wrap justify-end gap-2">{actions}</div>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
