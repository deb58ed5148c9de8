'use client';
import { Popover as Base } from '@base-ui/react/popover';
import { clsx } from 'clsx';
import { useState, type ReactElement, type ReactNode } from 'react';

type PopoverPopupProps = {
  trigger: ReactElement;
  label: string;
  align?: 'start' | 'center' | 'end';
  className?: string;
  children: (close: () => void) => ReactNode;
};

/** A popover that is open when it comes; `Popover` puts it in the place of a trigger that was used. */
export function PopoverPopup({ trigger, label, align = 'start', className, children }: PopoverPopupProps) {
  const [open, setOpen] = useState(true);
  return (
    <Base.Root open={open} onOpenChange={setOpen}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={5} align={align} className="z-50 outline-none">
          <Base.Popup
            aria-label={label}
            className={clsx(
              'popup scroll-quiet max-h-(--available-height) max-w-[min(420px,94vw)] overflow-y-auto',
              className,
            )}
          >
            {children(() => setOpen(false))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
