import { readCalendarWindow } from '@/lib/server/calendar/calendar-request';
import { spreadPlan } from '@/lib/server/calendar/cron-calendar';
import { deploymentById } from '@/lib/server/deployments';
import { readCronFilter } from '@/lib/server/read-request';
import { respondProblem, respondResult } from '@/lib/server/responses';

type Context = { readonly params: Promise<{ readonly deployment: string }> };

/** SpreadPlan: the minute at `from` with its movable crons put off by some minutes. A preview: nothing is changed. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const found = deploymentById((await params).deployment);
  if (!found.ok) return respondProblem(found.error);
  const search = new URL(request.url).searchParams;
  const window = readCalendarWindow(search);
  if (!window.ok) return respondProblem(window.error);
  return respondResult(await spreadPlan(found.value, readCronFilter(search), window.value.from));
}
