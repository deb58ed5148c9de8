'use client';
import type { LedgerRun } from '@/lib/crons/run';
import { useDeployment } from '../shell/deployment-context';
import { plural } from '../ui/format-number';
import { ScrollBox } from '../ui/scroll-box';
import { Spinner } from '../ui/spinner';
import { useNow } from '../ui/use-now';
import { durationText } from './run-words';
import { useLiveRun } from './use-live-run';

/** The run that is under way: how far it is and what it says, as it says it. Nothing where the server does not tell. */
export function LiveRunView({ run, clockOffsetMs }: { run: LedgerRun; clockOffsetMs: number }) {
  const { deploymentId } = useDeployment();
  const live = useLiveRun(deploymentId, run.rowId);
  const nowMs = useNow(1_000);
  if (live === null) return null;
  // It is joined already: what it says is shown from its first word on.
  const waits = run.status === 'pending' && live.steps === 0;
  const title = live.state === 'ended' ? 'Has just ended' : waits ? 'Waits for its turn' : 'Running now';
  const took = nowMs === null ? '' : durationText(run, nowMs + clockOffsetMs);
  return (
    <section aria-label={waits ? title : 'Running now'} className="border-b border-line bg-sunk/50 px-4 py-3">
      <p className="flex items-center gap-2 text-sm">
        {live.state !== 'ended' && <Spinner />}
        {title}
        <span className="num text-ink-2">
          {[took, live.steps > 0 && plural(live.steps, 'step')].filter(Boolean).join(', ')}
        </span>
      </p>
      {live.problem !== null && (
        <p role="alert" className="mt-2 text-sm text-bad wrap-anywhere">
          {live.problem}
        </p>
      )}
      {live.answer !== '' && (
        <ScrollBox label="What it says" follow={live.answer} className="mt-2 max-h-40 text-sm text-ink-2">
          {live.answer}
        </ScrollBox>
      )}
    </section>
  );
}
