import 'server-only';
import type { Problem, Result } from '@/lib/result';
import { respondProblem, respondResult } from '../responses';
import { withDashboard, type InDashboard } from '../with-dashboard';

export type RunContext = {
  readonly params: Promise<{ readonly deployment: string; readonly rowId: string }>;
};

type Act<T> = (inside: InDashboard, rowId: number) => Promise<T>;

/** Reads deployment and run from the address, does one thing with them and answers with its outcome. */
export async function withRun(context: RunContext, act: Act<Result<unknown, Problem>>): Promise<Response> {
  return withRunStream(context, async (inside, rowId) => respondResult(await act(inside, rowId)));
}

/** The same for an answer of its own kind. */
export async function withRunStream({ params }: RunContext, act: Act<Response>): Promise<Response> {
  const { deployment, rowId } = await params;
  if (!/^\d{1,15}$/.test(rowId)) {
    return respondProblem({
      code: 'not-found',
      message: 'That is not the number of a run.',
      hint: 'Open the run from the list.',
    });
  }
  return withDashboard(deployment, (inside) => act(inside, Number(rowId)));
}
