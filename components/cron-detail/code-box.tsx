'use client';
import { CopyButton } from '../ui/copy-button';

/** Text for machines, with a way to take it along. */
export function CodeBox({ label, text }: { label: string; text: string }) {
  return (
    <div className="relative">
      <span className="absolute top-1 right-1 rounded-md bg-card">
        <CopyButton text={text} label={`Copy: ${label}`} />
      </span>
      <section
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={label}
        className="scroll-quiet max-h-[60vh] overflow-auto rounded-md bg-sunk p-3 text-sm"
      >
        <pre className="mono">{text}</pre>
      </section>
    </div>
  );
}
