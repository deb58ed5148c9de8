'use client';
import { Skeleton } from '@/components/ui/skeleton';

/** Stands where the form will be. */
export function BuilderSkeleton() {
  return (
    <div className="mx-auto grid max-w-[1180px] grid-cols-[minmax(0,1fr)_400px] gap-10 max-lg:grid-cols-1">
      <output className="sr-only">The form is loading.</output>
      <div className="flex flex-col gap-4">
        <Skeleton className="h-7 w-40" />
        {[36, 36, 90, 60, 180].map((height, index) => (
          <span key={index} style={{ height }} className="block">
            <Skeleton className="size-full rounded-md" />
          </span>
        ))}
      </div>
      <Skeleton className="h-[420px] rounded-xl max-lg:hidden" />
    </div>
  );
}
