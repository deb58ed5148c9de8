'use client';
import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { segmentClass, segmentsClass } from './segment-class';

type TabsProps<Value extends string> = {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  tabs: readonly { readonly value: Value; readonly label: ReactNode; readonly content: ReactNode }[];
  /** Keep what the hidden tabs hold, e.g. an editor's cursor and undo history. */
  keepMounted?: boolean;
};

/** Several faces of one thing, one visible at a time. A choice without panels is `Segmented`. */
export function Tabs<Value extends string>({ label, value, onChange, tabs, keepMounted }: TabsProps<Value>) {
  return (
    <Base.Root value={value} onValueChange={onChange}>
      <Base.List aria-label={label} activateOnFocus className={segmentsClass}>
        {tabs.map((tab) => (
          <Base.Tab key={tab.value} value={tab.value} className={segmentClass}>
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel
          key={tab.value}
          value={tab.value}
          keepMounted={keepMounted ?? false}
          className="mt-2 outline-offset-4"
        >
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
