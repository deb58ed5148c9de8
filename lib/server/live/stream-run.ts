import 'server-only';
import { isOpen } from '@/lib/crons/run';
import { watchEvents } from '../activity/entry-events';
import { noRun } from '../ledger/run-detail';
import { runOfRow } from '../ledger/read-runs';
import { respondProblem } from '../responses';
import type { InDashboard } from '../with-dashboard';

const everyMs = 300;

/** Streams what a run is doing. A run that has ended, or that the server does not let be joined, says so and ends at once. */
export async function streamRun(
  request: Request,
  { deployment, dashboard: { deps, live } }: InDashboard,
  rowId: number,
): Promise<Response> {
  const row = await runOfRow(deployment.config.id, rowId, deps.store);
  if (row === null) return respondProblem(noRun);
  const { threadId, runId } = row;
  if (threadId === null || runId === null || !isOpen(row.status)) {
    const ended = { state: 'ended', steps: 0, answer: '', problem: null } as const;
    return watchEvents(request, { read: async () => ended, isLast: () => true, everyMs, wait: deps.wait });
  }
  const key = `${deployment.config.id}/${runId}`;
  return watchEvents(request, {
    read: async () => live.read(key, (signal) => deployment.client.joinRun(threadId, runId, { signal })),
    isLast: ({ state }) => state === 'ended' || state === 'not-live',
    everyMs,
    wait: deps.wait,
  });
}
