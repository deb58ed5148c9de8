'use client';
import type { SnapshotState } from '@/lib/crons/cron-list';
import { formatMoment } from '../ui/format-instant';
import { formatCount } from '../ui/format-number';
import { Note } from '../ui/note';
import { Progress } from '../ui/progress';
import { useNow } from '../ui/use-now';

/** Says how far the table can be trusted: still being read, or old because the deployment does not answer. */
export function SnapshotNote({ snapshot, zone }: { snapshot: SnapshotState; zone: string }) {
  const nowMs = useNow(60_000);
  const { filling, problem, asOfMs } = snapshot;
  if (problem) {
    const asOf = asOfMs !== null && nowMs !== null ? `As of ${formatMoment(asOfMs, nowMs, zone)}. ` : '';
    return (
      <Note tone="warn" title={problem.message} announce className="mb-3">
        {asOf}
        {problem.hint} The table stays usable and goes on by itself.
      </Note>
    );
  }
  if (!filling) return null;
  return (
    <div className="mb-3 rounded-lg border border-line bg-card px-4 py-2.5">
      <Progress
        label={`Reading the crons of this deployment; the first ${formatCount(filling.loaded)} can be searched already`}
        done={filling.loaded}
        total={filling.expected}
      />
    </div>
  );
}
