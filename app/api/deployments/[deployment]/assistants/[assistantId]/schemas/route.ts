import type { AssistantId } from '@/lib/crons/ids';
import { ok } from '@/lib/result';
import { deploymentById } from '@/lib/server/deployments';
import { respondProblem, respondResult } from '@/lib/server/responses';
import { readSchemas } from '@/lib/server/search-assistants';

type Context = { readonly params: Promise<{ readonly deployment: string; readonly assistantId: string }> };

/** AssistantSchemas of one assistant. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { deployment, assistantId } = await params;
  const found = deploymentById(deployment);
  if (!found.ok) return respondProblem(found.error);
  const reply = await found.value.client.assistantSchemas(assistantId as AssistantId);
  return respondResult(reply.ok ? ok(readSchemas(reply.value)) : reply);
}
