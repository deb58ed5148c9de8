export const segmentsClass = 'flex w-fit max-w-full flex-wrap gap-0.5 rounded-lg bg-sunk p-[3px]';

export const segmentClass = [
  'inline-flex min-h-[26px] items-center gap-1.5 rounded-[6px] px-3 text-sm text-ink-2 select-none max-md:min-h-8',
  'hover:text-ink data-active:bg-card data-active:font-medium data-active:text-ink data-active:shadow-lift',
  'data-checked:bg-card data-checked:font-medium data-checked:text-ink data-checked:shadow-lift',
  'data-active:ring-1 data-active:ring-line-strong data-checked:ring-1 data-checked:ring-line-strong',
].join(' ');
