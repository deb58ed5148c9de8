import { Skeleton } from '../ui/skeleton';

/** The table before its first answer. */
export function TableSkeleton() {
  return (
    <div aria-busy className="rounded-lg border border-line bg-card">
      <output className="sr-only">Loading the crons</output>
      <div className="h-[38px] rounded-t-lg border-b border-line bg-paper" />
      {Array.from({ length: 8 }, (_, line) => (
        // oxlint-disable-next-line react/no-array-index-key -- nothing moves
        <div key={line} className="flex h-[52px] items-center gap-6 border-b border-line px-4 last:border-0">
          <Skeleton className="size-4" />
          <Skeleton className="h-3 w-[18%]" />
          <Skeleton className="h-3 w-[14%]" />
          <Skeleton className="h-3 flex-1" />
          <Skeleton className="h-3 w-[8%]" />
        </div>
      ))}
    </div>
  );
}
