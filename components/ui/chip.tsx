import { X } from 'lucide-react';
import type { ReactNode } from 'react';

type ChipProps = {
  /** Given: a cross at the end; `removeLabel` is what it is called. */
  onRemove?: () => void;
  removeLabel?: string;
  children: ReactNode;
};

/** A small thing that was added and can be taken away again: a tag, a filter. */
export function Chip({ onRemove, removeLabel = 'Remove', children }: ChipProps) {
  return (
    <span className="inline-flex h-7 max-w-full items-center gap-1 rounded-full border border-accent-line bg-accent-soft pl-2.5 text-sm last:pr-2.5 has-[button]:pr-0.5">
      <span className="clip min-w-0">{children}</span>
      {onRemove && (
        <button
          type="button"
          aria-label={removeLabel}
          onClick={onRemove}
          className="grid size-6 shrink-0 place-items-center rounded-full text-ink-2 hover:text-ink"
        >
          <X className="size-3.5" />
        </button>
      )}
    </span>
  );
}
