import { clsx } from 'clsx';

/** Each state has a shape of its own, so that colour is never alone. */
export type MarkShape = 'dot' | 'ring' | 'diamond' | 'triangle' | 'faint';

const shapes: Record<MarkShape, string> = {
  dot: 'size-2 rounded-full bg-ok',
  ring: 'size-[9px] rounded-full border-2 border-idle',
  diamond: 'size-2 rotate-45 rounded-[2px] bg-warn-fill',
  triangle: 'h-[9px] w-[10px] bg-bad [clip-path:polygon(50%_0,100%_100%,0_100%)]',
  faint: 'size-2 rounded-full bg-line-strong',
};

/** Decorative: the word stands beside it or in `label`. */
export function Mark({ shape, label }: { shape: MarkShape; label?: string }) {
  return (
    <span className="inline-grid size-2.5 shrink-0 place-items-center">
      <span aria-hidden className={clsx('block', shapes[shape])} />
      {label && <span className="sr-only">{label}</span>}
    </span>
  );
}
