'use client';
import { Toast as Base } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { useEffect } from 'react';
import { buttonClass } from './button-class';
import { IconButton } from './icon-button';
import { Mark } from './mark';
import { receiveToasts, type ToastMessage } from './toast';

const manager = Base.createToastManager();

function add({ kind, title, timeout, hint, action }: ToastMessage): void {
  manager.add({
    type: kind,
    title,
    timeout,
    priority: kind === 'problem' ? 'high' : 'low',
    ...(hint !== undefined && { description: hint }),
    ...(action && { actionProps: { children: action.label, onClick: action.onClick } }),
  });
}

/** The messages of `toast`, at the edge of the window. */
export function ToastList() {
  // In an effect of the parent, as the provider listens from an effect of its own.
  useEffect(() => receiveToasts(add), []);

  return (
    <Base.Provider toastManager={manager} limit={4}>
      <Base.Portal>
        <Base.Viewport className="fixed right-4 bottom-4 z-60 flex w-[min(380px,calc(100vw-32px))] flex-col gap-2 max-md:bottom-[70px]">
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function Toasts() {
  const { toasts } = Base.useToastManager();
  return toasts.map((item) => (
    <Base.Root
      key={item.id}
      toast={item}
      swipeDirection={['right', 'down']}
      className="popup rounded-xl data-limited:hidden [transform:translate(var(--toast-swipe-movement-x),var(--toast-swipe-movement-y))]"
    >
      <Base.Content className="grid grid-cols-[14px_minmax(0,1fr)_auto_auto] items-center gap-x-2.5 py-2 pr-2 pl-3.5">
        <Mark shape={item.type === 'problem' ? 'triangle' : 'dot'} />
        <div className="py-1">
          <Base.Title className="font-medium wrap-anywhere" />
          <Base.Description className="text-sm text-ink-2 wrap-anywhere" />
        </div>
        <Base.Action className={buttonClass('plain', 'small', 'empty:hidden')} />
        {/* Base UI hides it from readers until a pile of messages is unfolded; ours are never piled up. */}
        <Base.Close aria-hidden={false} render={<IconButton label="Close" size="small" />}>
          <X className="size-3.5" />
        </Base.Close>
      </Base.Content>
    </Base.Root>
  ));
}
