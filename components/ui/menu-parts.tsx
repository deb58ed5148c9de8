'use client';
import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import Link from 'next/link';
import { clsx } from 'clsx';
import { useCallback, useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { Kbd } from './kbd';
import type { OpenedBy } from './use-first-use';

type MenuPopupProps = {
  trigger: ReactElement;
  align: 'start' | 'center' | 'end';
  openedBy: OpenedBy;
  children: ReactNode;
};

/** A menu that is open when it comes; `Menu` puts it in the place of a trigger that was used. */
export function MenuPopup({ trigger, align, openedBy, children }: MenuPopupProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [landmark, setLandmark] = useState<HTMLElement | null>(null);
  const pressed = useRef(openedBy === 'pointer');
  // What is read out lies in a landmark: the one the button is in.
  const place = useCallback((element: HTMLButtonElement | null) => {
    button.current = element;
    if (element) setLandmark(element.closest<HTMLElement>('main, header') ?? document.body);
  }, []);
  // A press that the menu itself hears of marks the first item, as keys are used to.
  useEffect(() => {
    if (pressed.current) return;
    pressed.current = true;
    button.current?.focus();
    button.current?.click();
  }, []);
  return (
    <Base.Root defaultOpen={openedBy === 'pointer'}>
      <Base.Trigger ref={place} render={trigger} />
      <Base.Portal container={landmark}>
        <Base.Positioner sideOffset={5} align={align} className="z-50 outline-none">
          <Base.Popup className="popup scroll-quiet max-h-(--available-height) min-w-44 max-w-[min(360px,94vw)] overflow-y-auto p-1">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

const row = clsx(
  'flex min-h-8 w-full cursor-default items-center gap-2.5 rounded-md px-2.5 py-1 text-left text-base outline-none select-none',
  'data-highlighted:bg-accent-soft data-disabled:text-ink-3',
);

export type MenuItemProps = {
  icon?: ReactNode;
  tone?: 'plain' | 'danger';
  /** Shown at the end of the line; whoever owns the page makes the key work. */
  shortcut?: string;
  hint?: ReactNode;
  disabled?: boolean;
  children: ReactNode;
} & (
  | { onSelect: () => void; href?: never; download?: never }
  | { href: string; onSelect?: never; download?: never }
  /** The address of a file to save. */
  | { download: string; href?: never; onSelect?: never }
);

export function MenuItem({ icon, tone = 'plain', shortcut, hint, disabled, children, ...to }: MenuItemProps) {
  const content = (
    <>
      {icon && <span className="grid size-4 place-items-center text-ink-2 [&_svg]:size-4">{icon}</span>}
      <span className="min-w-0 flex-1">
        <span className="clip block">{children}</span>
        {hint && <span className="block text-sm text-ink-2">{hint}</span>}
      </span>
      {shortcut && (
        <span aria-hidden>
          <Kbd>{shortcut}</Kbd>
        </span>
      )}
    </>
  );
  if (to.download !== undefined) {
    return (
      <Base.LinkItem closeOnClick className={row} href={to.download} download>
        {content}
      </Base.LinkItem>
    );
  }
  if (to.href !== undefined) {
    return (
      <Base.LinkItem
        closeOnClick
        className={row}
        aria-keyshortcuts={shortcut}
        render={<Link href={to.href} />}
      >
        {content}
      </Base.LinkItem>
    );
  }
  return (
    <Base.Item
      disabled={disabled ?? false}
      aria-keyshortcuts={shortcut}
      onClick={to.onSelect}
      className={clsx(row, tone === 'danger' && 'text-bad data-highlighted:bg-bad-soft')}
    >
      {content}
    </Base.Item>
  );
}

export type MenuChoiceProps<Value extends string> = {
  label: string;
  value: Value;
  options: readonly { readonly value: Value; readonly label: string }[];
  onChange: (value: Value) => void;
};

export function MenuChoice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: MenuChoiceProps<Value>) {
  return (
    <Base.RadioGroup value={value} onValueChange={onChange}>
      <Base.Group>
        <MenuLabel>{label}</MenuLabel>
        {options.map((option) => (
          <Base.RadioItem key={option.value} value={option.value} closeOnClick className={row}>
            <span className="grid size-4 place-items-center">
              <Base.RadioItemIndicator>
                <Check className="size-4 text-accent" />
              </Base.RadioItemIndicator>
            </span>
            {option.label}
          </Base.RadioItem>
        ))}
      </Base.Group>
    </Base.RadioGroup>
  );
}

/** Heading of the choices below it; stands inside a group. */
function MenuLabel({ children }: { children: ReactNode }) {
  return <Base.GroupLabel className="px-2.5 pt-1.5 pb-1 text-xs text-ink-2">{children}</Base.GroupLabel>;
}

export function MenuSeparator() {
  return <Base.Separator className="mx-1 my-1 h-px bg-line" />;
}
