import 'server-only';
import type { Problem, Result } from '@/lib/result';
import { respondProblem, respondResult } from '../responses';
import { withDashboard, type InDashboard } from '../with-dashboard';

export type RunContext = {
  readonly params: Promise<{ readonly deployment: string; readonly rowId: string }>;
};

/** Reads deployment and run from the address, does one thing with them and answers with its outcome. */
export async function withRun(
  { params }: RunContext,
  act: (inside: InDashboard, rowId: number) => Promise<Result<unknown, Problem>>,
): Promise<Response> {
  const { deployment, rowId } = await params;
  if (!/^\d{1,15}$/.test(rowId)) {
    return respondProblem({
      code: 'not-found',
      message: 'That is not the number of a run.',
      hint: 'Open the run from the list.',
    });
  }
  return withDashboard(deployment, async (inside) => respondResult(await act(inside, Number(rowId))));
}
