'use client';
import { ErrorState } from '@/components/ui/error-state';

/** A bug in a page: the rest of Crondeck and everything on the deployment goes on. */
export default function PageError({ reset }: { error: Error; reset: () => void }) {
  return (
    <main className="pt-16">
      <ErrorState title="This page broke" onRetry={reset}>
        That is a mistake in Crondeck. Your crons are not affected: they run on the deployment. Try again; if
        it stays, reload the page.
      </ErrorState>
    </main>
  );
}
