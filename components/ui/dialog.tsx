'use client';
import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { clsx } from 'clsx';
import type { ReactNode, RefObject } from 'react';
import { IconButton } from './icon-button';

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  /** Buttons, right-aligned below the body. */
  actions?: ReactNode;
  size?: 'small' | 'medium' | 'large';
  /** What gets the focus first; else the first thing that can have it. */
  initialFocus?: RefObject<HTMLElement | null>;
  children?: ReactNode;
};

const widths = { small: 'max-w-[430px]', medium: 'max-w-[560px]', large: 'max-w-[820px]' };

/** A window over the page for something that can be left at any time. What must be answered is an AlertDialog. */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, actions, size = 'medium', initialFocus, children } = props;
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="veil" />
        <Base.Viewport className="fixed inset-0 z-40 grid place-items-center overflow-y-auto p-4">
          <Base.Popup
            {...(initialFocus && { initialFocus })}
            className={clsx('popup w-full origin-center rounded-xl p-5', widths[size])}
          >
            <div className="mb-3 flex items-start gap-3">
              <div className="min-w-0 flex-1">
                <Base.Title className="text-xl font-semibold tracking-[-.015em] wrap-anywhere">
                  {title}
                </Base.Title>
                {description && (
                  <Base.Description className="mt-1 text-ink-2">{description}</Base.Description>
                )}
              </div>
              <Base.Close render={<IconButton label="Close" size="small" />}>
                <X className="size-4" />
              </Base.Close>
            </div>
            {children}
            {actions && <div className="mt-5 flex flex-wrap justify-end gap-2">{actions}</div>}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
