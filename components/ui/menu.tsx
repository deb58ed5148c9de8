'use client';
import {
  cloneElement,
  createContext,
  use,
  type ComponentProps,
  type ReactElement,
  type ReactNode,
} from 'react';
import type { MenuChoiceProps, MenuItemProps } from './menu-parts';
import { useFirstUse } from './use-first-use';

type MenuProps = {
  /** The element that opens it; gets the aria wiring. Must take a ref and props, as `Button` does. */
  trigger: ReactElement<ComponentProps<'button'>>;
  align?: 'start' | 'center' | 'end';
  children: ReactNode;
};

const load = () => import('./menu-parts');
const Parts = createContext<Awaited<ReturnType<typeof load>> | null>(null);

/** A button that opens a list of things to do. All but the button is loaded on first use. */
export function Menu({ trigger, align = 'start', children }: MenuProps) {
  const { used, triggerProps } = useFirstUse(load, 'menu');
  if (used === null) return cloneElement(trigger, triggerProps);
  const { MenuPopup } = used.parts;
  return (
    <MenuPopup trigger={trigger} align={align} openedBy={used.by}>
      <Parts value={used.parts}>{children}</Parts>
    </MenuPopup>
  );
}

export function MenuItem(props: MenuItemProps) {
  const parts = use(Parts);
  return parts && <parts.MenuItem {...props} />;
}

/** A set of alternatives inside a menu, with a mark at the one that holds. */
export function MenuChoice<Value extends string>(props: MenuChoiceProps<Value>) {
  const parts = use(Parts);
  return parts && <parts.MenuChoice {...props} />;
}

export function MenuSeparator() {
  const parts = use(Parts);
  return parts && <parts.MenuSeparator />;
}
