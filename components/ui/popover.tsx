'use client';
import { cloneElement, type ComponentProps, type ReactElement, type ReactNode } from 'react';
import { useFirstUse } from './use-first-use';

type PopoverProps<Content> = {
  trigger: ReactElement<ComponentProps<'button'>>;
  /** Names the popup for those who cannot see where it hangs. */
  label: string;
  align?: 'start' | 'center' | 'end';
  className?: string;
  /** Brings the module that `children` draws with; asked for when the trigger is touched. */
  load: () => Promise<Content>;
  children: (content: Content, close: () => void) => ReactNode;
};

/** Floats beside its trigger; leaving it by Escape or a click outside brings the focus back. Loaded on first use. */
export function Popover<Content>({ trigger, load, children, ...look }: PopoverProps<Content>) {
  const loadAll = () => Promise.all([import('./popover-parts'), load()]);
  const { used, triggerProps } = useFirstUse(loadAll, 'dialog');
  if (used === null) return cloneElement(trigger, triggerProps);
  const [{ PopoverPopup }, content] = used.parts;
  return (
    <PopoverPopup trigger={trigger} {...look}>
      {(close) => children(content, close)}
    </PopoverPopup>
  );
}
