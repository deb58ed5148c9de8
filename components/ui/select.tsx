'use client';
import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import { clsx } from 'clsx';
import type { ReactNode, Ref } from 'react';
import { controlClass } from './control-class';
import type { ControlSize } from './button-class';

export type SelectOption<Value extends string> = {
  readonly value: Value;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly disabled?: boolean;
};

type SelectProps<Value extends string> = {
  options: readonly SelectOption<Value>[];
  value: Value | null;
  onChange: (value: Value) => void;
  onBlur?: () => void;
  placeholder?: string;
  size?: ControlSize;
  disabled?: boolean;
  name?: string;
  ref?: Ref<HTMLButtonElement>;
  /** Only where no `Field` gives a label. */
  'aria-label'?: string;
  className?: string;
};

/** One of a few (up to some twenty); more than that is a Combobox. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { options, value, onChange, onBlur, placeholder, size, disabled, name, ref, className } = props;
  return (
    <Base.Root
      items={options}
      value={value}
      onValueChange={(next) => next !== null && onChange(next)}
      {...(disabled !== undefined && { disabled })}
      {...(name !== undefined && { name })}
    >
      <Base.Trigger
        ref={ref}
        onBlur={onBlur}
        aria-label={props['aria-label']}
        className={controlClass(size, clsx('flex items-center justify-between gap-2 text-left', className))}
      >
        <Base.Value className="clip data-placeholder:text-ink-3" placeholder={placeholder} />
        <Base.Icon>
          <ChevronDown className="size-4 text-ink-3" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-none">
          <Base.Popup className="popup max-h-(--available-height) min-w-(--anchor-width) max-w-[min(480px,92vw)] overflow-hidden">
            <Base.List className="scroll-quiet max-h-(--available-height) overflow-y-auto p-1">
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  disabled={option.disabled ?? false}
                  className="grid min-h-8 cursor-default grid-cols-[16px_1fr] items-center gap-2 rounded-md px-2 py-1 text-base outline-none select-none data-disabled:text-ink-3 data-highlighted:bg-accent-soft"
                >
                  <Base.ItemIndicator className="col-start-1">
                    <Check className="size-4 text-accent" />
                  </Base.ItemIndicator>
                  <span className="col-start-2 flex min-w-0 flex-col">
                    <Base.ItemText className="clip">{option.label}</Base.ItemText>
                    {option.hint && <span className="text-sm text-ink-2">{option.hint}</span>}
                  </span>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
