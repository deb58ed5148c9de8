'use client';
import { Toast as Base } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonClass } from './button-class';
import { IconButton } from './icon-button';
import { Mark } from './mark';
import { Spinner } from './spinner';

type ToastKind = 'done' | 'problem' | 'working';
type ToastOptions = {
  readonly hint?: ReactNode;
  readonly action?: { readonly label: string; readonly onClick: () => void };
  /** The same id replaces the toast in place. */
  readonly id?: string;
};

const manager = Base.createToastManager();

function show(type: ToastKind, title: ReactNode, timeout: number, { hint, action, id }: ToastOptions) {
  return manager.add({
    type,
    title,
    timeout,
    priority: type === 'problem' ? 'high' : 'low',
    ...(id !== undefined && { id }),
    ...(hint !== undefined && { description: hint }),
    ...(action && { actionProps: { children: action.label, onClick: action.onClick } }),
  });
}

/** Short messages at the edge of the window, from anywhere. What must be acted on stays until it is closed. */
export const toast = {
  done: (title: ReactNode, options: ToastOptions = {}) =>
    show('done', title, options.action ? 12_000 : 5000, options),
  /** A failure: what happened and what to do. Stays. */
  problem: (problem: { message: string; hint: ReactNode }, options: Omit<ToastOptions, 'hint'> = {}) =>
    show('problem', problem.message, 0, { ...options, hint: problem.hint }),
  working: (title: ReactNode, options: ToastOptions = {}) => show('working', title, 0, options),
  close: (id: string) => manager.close(id),
};

/** Stands once, around the page. */
export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider toastManager={manager} limit={4}>
      {children}
      <Base.Portal>
        <Base.Viewport className="fixed right-4 bottom-4 z-60 flex w-[min(380px,calc(100vw-32px))] flex-col gap-2 max-md:bottom-[70px]">
          <ToastList />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function ToastList() {
  const { toasts } = Base.useToastManager();
  return toasts.map((item) => (
    <Base.Root
      key={item.id}
      toast={item}
      swipeDirection={['right', 'down']}
      className="popup rounded-xl data-limited:hidden [transform:translate(var(--toast-swipe-movement-x),var(--toast-swipe-movement-y))]"
    >
      <Base.Content className="grid grid-cols-[14px_minmax(0,1fr)_auto_auto] items-center gap-x-2.5 py-2 pr-2 pl-3.5">
        {item.type === 'working' ? (
          <Spinner />
        ) : (
          <Mark shape={item.type === 'problem' ? 'triangle' : 'dot'} />
        )}
        <div className="py-1">
          <Base.Title className="font-medium wrap-anywhere" />
          <Base.Description className="text-sm text-ink-2 wrap-anywhere" />
        </div>
        <Base.Action className={buttonClass('plain', 'small', 'empty:hidden')} />
        <Base.Close render={<IconButton label="Close" size="small" />}>
          <X className="size-3.5" />
        </Base.Close>
      </Base.Content>
    </Base.Root>
  ));
}
