import { createCrons } from '@/lib/server/create-crons';
import { deploymentById } from '@/lib/server/deployments';
import { listCrons } from '@/lib/server/list-crons';
import { readCronQuery } from '@/lib/server/read-request';
import { respondProblem, respondResult } from '@/lib/server/responses';
import { createBodySchema, withWriting } from '@/lib/server/write-routes';

type Context = { readonly params: Promise<{ readonly deployment: string }> };

/** CronList for the CronQuery in the search parameters (lists are repeated keys). */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const found = deploymentById((await params).deployment);
  if (!found.ok) return respondProblem(found.error);
  return respondResult(await listCrons(found.value, readCronQuery(new URL(request.url).searchParams)));
}

/** CronsWritten for { draft: CronDraft }: one cron for each of its schedules, all or none. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  return withWriting((await params).deployment, request, createBodySchema, ({ draft }, writing) =>
    createCrons(draft, writing),
  );
}
