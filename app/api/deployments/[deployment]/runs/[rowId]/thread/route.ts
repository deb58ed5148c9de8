import { withRun, type RunContext } from '@/lib/server/ledger/run-context';
import { threadOfRun } from '@/lib/server/threads/thread-of-run';

/** ThreadView: what the thread of a run holds, to read. */
export function GET(_request: Request, context: RunContext): Promise<Response> {
  return withRun(context, threadOfRun);
}
