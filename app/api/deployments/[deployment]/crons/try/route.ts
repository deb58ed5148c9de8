import { deploymentById } from '@/lib/server/deployments';
import { readJsonBody } from '@/lib/server/read-request';
import { respondProblem } from '@/lib/server/responses';
import { tryRun } from '@/lib/server/try-run';
import { respondFailedWrite, tryBodySchema } from '@/lib/server/write-routes';

type Context = { readonly params: Promise<{ readonly deployment: string }> };

/** The event stream of one run with the draft's payload; closing the connection cancels the run. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const found = deploymentById((await params).deployment);
  if (!found.ok) return respondProblem(found.error);
  const body = await readJsonBody(request, tryBodySchema);
  if (!body.ok) return respondProblem(body.error);
  const opened = await tryRun(body.value, found.value.client, request.signal);
  if (!opened.ok) return respondFailedWrite(opened.error);
  // Only the stream is passed on, none of the deployment's headers.
  return new Response(opened.value.body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
    },
  });
}
