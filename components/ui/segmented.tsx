'use client';
import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { ReactNode } from 'react';
import { segmentClass, segmentsClass } from './segment-class';

type SegmentedProps<Value extends string> = {
  label: string;
  /** Null: none of them. */
  value: Value | null;
  onChange: (value: Value) => void;
  options: readonly { readonly value: Value; readonly label: ReactNode; readonly title?: string }[];
};

/** One of two to five short answers, all visible. */
export function Segmented<Value extends string>({ label, value, onChange, options }: SegmentedProps<Value>) {
  return (
    <RadioGroup<Value | null>
      aria-label={label}
      value={value}
      onValueChange={(next) => next !== null && onChange(next)}
      className={segmentsClass}
    >
      {options.map((option) => (
        <Radio.Root key={option.value} value={option.value} title={option.title} className={segmentClass}>
          {option.label}
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
