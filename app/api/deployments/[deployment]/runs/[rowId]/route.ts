import { withRun, type RunContext } from '@/lib/server/ledger/run-context';
import { runDetail } from '@/lib/server/ledger/run-detail';

/** RunDetail: one run with the beginning of what it answered, read from its thread where that still exists. */
export function GET(_request: Request, context: RunContext): Promise<Response> {
  return withRun(context, runDetail);
}
