import { assistantIdSchema, cronIdSchema } from '@/lib/crons/ids';
import { deploymentById } from '@/lib/server/deployments';
import { assistantCost } from '@/lib/server/insight/assistant-cost';
import { respondProblem, respondResult } from '@/lib/server/responses';

type Context = { readonly params: Promise<{ readonly deployment: string; readonly assistantId: string }> };

/** AssistantCost for a cron of this assistant; `?cron=` names it where it exists. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { deployment, assistantId } = await params;
  const found = deploymentById(deployment);
  if (!found.ok) return respondProblem(found.error);
  const assistant = assistantIdSchema.safeParse(assistantId);
  if (!assistant.success) {
    const hint = 'Choose an assistant from the list.';
    return respondProblem({ code: 'not-found', message: 'That is not the id of an assistant.', hint });
  }
  const cron = cronIdSchema.safeParse(new URL(request.url).searchParams.get('cron'));
  return respondResult(await assistantCost(found.value, assistant.data, cron.data ?? null, Date.now()));
}
