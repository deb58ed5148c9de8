'use client';
import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { ReactNode } from 'react';

export type RadioCard<Value extends string> = {
  readonly value: Value;
  readonly title: ReactNode;
  /** What choosing it means. */
  readonly text?: ReactNode;
  readonly disabled?: boolean;
  /** Shown inside the card while it is chosen: what it needs to know. */
  readonly more?: ReactNode;
};

type RadioCardsProps<Value extends string> = {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  onBlur?: () => void;
  cards: readonly RadioCard<Value>[];
};

/** A choice whose consequences need a sentence each. */
export function RadioCards<Value extends string>({
  label,
  value,
  onChange,
  onBlur,
  cards,
}: RadioCardsProps<Value>) {
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onValueChange={onChange}
      onBlur={onBlur}
      className="grid gap-2"
    >
      {cards.map((card) => (
        <div
          key={card.value}
          className="rounded-lg border border-line bg-card transition-colors has-data-checked:border-accent-line has-data-checked:bg-accent-soft has-data-disabled:opacity-60"
        >
          {/* oxlint-disable-next-line jsx-a11y/label-has-associated-control -- Base UI puts a native input beside the mark. */}
          <label className="grid grid-cols-[18px_minmax(0,1fr)] gap-2.5 px-[13px] py-[11px]">
            <Radio.Root
              value={card.value}
              disabled={card.disabled ?? false}
              className="mt-[3px] size-3.5 rounded-full border-[1.5px] border-edge bg-card data-checked:border-[4.5px] data-checked:border-accent"
            />
            <span>
              <span className="block">{card.title}</span>
              {card.text && <span className="block text-sm text-ink-2">{card.text}</span>}
            </span>
          </label>
          {card.value === value && card.more && <div className="pr-[13px] pb-3 pl-[41px]">{card.more}</div>}
        </div>
      ))}
    </RadioGroup>
  );
}
