'use client';
import { Search } from 'lucide-react';
import type { Ref } from 'react';
import { Kbd } from '../ui/kbd';
import { Spinner } from '../ui/spinner';

type SearchBoxProps = {
  value: string;
  onChange: (text: string) => void;
  isBusy: boolean;
  ref: Ref<HTMLInputElement>;
};

/** Finds crons by anything they contain, with every keystroke. */
export function SearchBox({ value, onChange, isBusy, ref }: SearchBoxProps) {
  return (
    <div className="flex h-[34px] max-w-[460px] flex-[1_1_260px] items-center gap-[9px] rounded-md border border-edge bg-card px-[11px] focus-within:border-accent focus-within:ring-3 focus-within:ring-accent-line/60 max-md:h-10 max-md:max-w-none max-md:basis-full">
      {isBusy ? (
        <Spinner className="text-ink-3" />
      ) : (
        <Search aria-hidden className="size-[15px] text-ink-3" />
      )}
      <input
        ref={ref}
        type="search"
        value={value}
        maxLength={500}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value === '') event.currentTarget.blur();
        }}
        aria-label="Search crons"
        aria-keyshortcuts="/"
        placeholder="Name, message, assistant, id…"
        autoComplete="off"
        spellCheck={false}
        className="min-w-0 flex-1 bg-transparent outline-none max-md:text-[16px]"
      />
      <span className="max-md:hidden">
        <Kbd>/</Kbd>
      </span>
    </div>
  );
}
