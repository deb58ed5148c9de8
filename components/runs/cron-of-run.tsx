import Link from 'next/link';
import type { RunListRow } from '@/lib/crons/run';
import { sectionPath } from '../shell/sections';

/** The cron a run belongs to, where runs of several are listed. */
export function CronOfRun({ deploymentId, run }: { deploymentId: string; run: RunListRow }) {
  return (
    <Link
      href={sectionPath(deploymentId, 'crons', run.cronId)}
      prefetch={false}
      title={run.assistantName ?? undefined}
      className="font-[550] hover:underline"
    >
      {run.cronName ?? `Deleted cron ${run.cronId.slice(0, 8)}`}
    </Link>
  );
}
