import { deploymentById } from '@/lib/server/deployments';
import { respondProblem, respondResult } from '@/lib/server/responses';
import { searchAssistants } from '@/lib/server/search-assistants';

type Context = { readonly params: Promise<{ readonly deployment: string }> };

/** AssistantList: ?q= is looked for in name, graph, description and id; ?limit= 1 to 200. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const found = deploymentById((await params).deployment);
  if (!found.ok) return respondProblem(found.error);
  const search = new URL(request.url).searchParams;
  const limit = Math.min(200, Math.max(1, Number(search.get('limit')) || 50));
  return respondResult(
    await searchAssistants(found.value.client, (search.get('q') ?? '').slice(0, 200), limit),
  );
}
