import { Button } from '@/components/ui/button';
import { Note } from '@/components/ui/note';
import type { WriteProblem } from '@/lib/crons/cron-written';

type Props = { problem: WriteProblem; onRetry?: (() => void) | undefined };

/** Why it was not saved, what to do, and that nothing was lost. */
export function WriteFailed({ problem, onRetry }: Props) {
  const elsewhere = problem.code === 'invalid-draft' || problem.field !== undefined;
  return (
    <div role="alert">
      <Note
        tone="bad"
        title={elsewhere ? 'Not saved.' : `Not saved: ${problem.message}`}
        actions={
          onRetry &&
          !elsewhere && (
            <Button size="small" onClick={onRetry}>
              Try again
            </Button>
          )
        }
      >
        {elsewhere ? 'See the marked fields.' : problem.hint} Nothing you typed is lost.
      </Note>
    </div>
  );
}
