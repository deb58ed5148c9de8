import { openDashboard } from '@/lib/server/dashboard';
import { forwardReport } from '@/lib/server/measuring/forward-report';
import { publicUrl } from '@/lib/server/measuring/hook-address';
import { largestReportBytes, receiveHook, type HookOutcome } from '@/lib/server/measuring/receive-hook';
import { readText } from '@/lib/server/read-request';
import { respond } from '@/lib/server/responses';

type Context = { readonly params: Promise<{ readonly token: string }> };

/** A forged address is not told apart from one that never was; what cannot become right is not asked for again. */
const statuses: Readonly<Record<HookOutcome, number>> = {
  taken: 200,
  replayed: 200,
  forged: 404,
  malformed: 422,
  late: 422,
  huge: 413,
};

/** Where runs report their end to: `{ outcome }`. The only route that is open to requests from elsewhere. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  if (publicUrl(process.env) === null) return respond({ outcome: 'forged' }, 404);
  const dashboard = await openDashboard();
  // Senders try again after a failure of ours.
  if (!dashboard.ok) return respond({ outcome: 'failed' }, 503);
  const { deps } = dashboard.value;
  const body = () => readText(request, largestReportBytes);
  const { outcome, forward } = await receiveHook((await params).token, body, deps.store, deps.now());
  if (forward) {
    const wait = (ms: number) => deps.wait(ms, AbortSignal.timeout(ms + 1_000));
    void forwardReport(forward.url, forward.body, wait);
  }
  return respond({ outcome }, statuses[outcome]);
}
