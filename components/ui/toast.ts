import type { ReactNode } from 'react';

export type ToastKind = 'done' | 'problem';
type ToastOptions = {
  readonly hint?: ReactNode;
  readonly action?: { readonly label: string; readonly onClick: () => void };
};

/** A message on its way to the edge of the window; `timeout` 0: it stays. */
export type ToastMessage = ToastOptions & {
  readonly kind: ToastKind;
  readonly title: ReactNode;
  readonly timeout: number;
};
type Receiver = (message: ToastMessage) => void;

let receive: Receiver | null = null;
let waiting: readonly ToastMessage[] = [];
const listeners = new Set<() => void>();

function show(message: ToastMessage): void {
  if (receive) return receive(message);
  waiting = [...waiting, message];
  for (const listener of listeners) listener();
}

/** Short messages at the edge of the window, from anywhere. What must be acted on stays until it is closed. */
export const toast = {
  done: (title: ReactNode, options: ToastOptions = {}) =>
    show({ kind: 'done', title, timeout: options.action ? 12_000 : 5000, ...options }),
  /** A failure: what happened and what to do. Stays. */
  problem: (
    { message, hint }: { message: string; hint: ReactNode },
    options: Omit<ToastOptions, 'hint'> = {},
  ) => show({ kind: 'problem', title: message, timeout: 0, hint, ...options }),
};

/** Hands all messages to whoever shows them, those that waited first. Returns what ends that. */
export function receiveToasts(receiver: Receiver): () => void {
  receive = receiver;
  const late = waiting;
  waiting = [];
  for (const message of late) receiver(message);
  return () => {
    receive = null;
  };
}

/** Whether messages wait for somebody to show them, as a store. */
export const waitingToasts = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  any: () => waiting.length > 0,
};
