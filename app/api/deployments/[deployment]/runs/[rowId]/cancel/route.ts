import { withRun, type RunContext } from '@/lib/server/ledger/run-context';
import { cancelRun } from '@/lib/server/ledger/run-detail';

/** { asked: true }: the deployment was asked to stop this run; how it ends shows in the ledger. */
export function POST(_request: Request, context: RunContext): Promise<Response> {
  return withRun(context, cancelRun);
}
