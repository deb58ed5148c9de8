'use client';
import { useState, type ComponentProps } from 'react';

/** How a popup was opened: with keys its first item is marked at once. */
export type OpenedBy = 'pointer' | 'keys';

type TriggerProps = Pick<
  ComponentProps<'button'>,
  'aria-expanded' | 'aria-haspopup' | 'onClick' | 'onFocus' | 'onKeyDown' | 'onPointerEnter'
>;

export type FirstUse<Parts> = {
  /** Null until the trigger was used and all of it is loaded. */
  readonly used: { readonly parts: Parts; readonly by: OpenedBy } | null;
  /** For the trigger as long as it stands alone. */
  readonly triggerProps: TriggerProps;
};

/**
 * Loads what a popup is made of once its trigger is touched or has the focus, so that a page with a hundred menus first
 * needs only their buttons. What cannot be loaded is thrown to the nearest error page.
 */
export function useFirstUse<Parts>(load: () => Promise<Parts>, popup: 'menu' | 'dialog'): FirstUse<Parts> {
  const [used, setUsed] = useState<FirstUse<Parts>['used']>(null);
  const begin = (by: OpenedBy) =>
    void load().then(
      (parts) => setUsed({ parts, by }),
      (error: unknown) =>
        setUsed(() => {
          throw error;
        }),
    );
  // A failure counts only when the popup is really wanted.
  const prepare = () => void load().catch(() => undefined);
  return {
    used,
    triggerProps: {
      'aria-expanded': false,
      'aria-haspopup': popup,
      onPointerEnter: prepare,
      onFocus: prepare,
      // Pressed with a key a button is clicked as well, but zero times.
      onClick: ({ detail }) => begin(detail === 0 ? 'keys' : 'pointer'),
      onKeyDown: (event) => {
        if (popup !== 'menu' || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
        event.preventDefault();
        begin('keys');
      },
    },
  };
}
