import { withRunStream, type RunContext } from '@/lib/server/ledger/run-context';
import { streamRun } from '@/lib/server/live/stream-run';

/** Server-sent events, each a LiveRun: how far the run is and what it says, until it ends. Leaving it cancels nothing. */
export function GET(request: Request, context: RunContext): Promise<Response> {
  return withRunStream(context, (inside, rowId) => streamRun(request, inside, rowId));
}
