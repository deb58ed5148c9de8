import { z } from 'zod';
import { deploymentById } from '@/lib/server/deployments';
import { readJsonBody } from '@/lib/server/read-request';
import { respondProblem, respondResult } from '@/lib/server/responses';
import { createThread, searchThreads } from '@/lib/server/search-threads';

type Context = { readonly params: Promise<{ readonly deployment: string }> };

const createSchema = z.strictObject({ title: z.string().trim().max(200).optional() });

/** ThreadList: ?q= is looked for in title, id and first message. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const found = deploymentById((await params).deployment);
  if (!found.ok) return respondProblem(found.error);
  const q = new URL(request.url).searchParams.get('q') ?? '';
  return respondResult(await searchThreads(found.value.client, q.slice(0, 200)));
}

/** ThreadSummary of the thread that was made; body { title? }. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const found = deploymentById((await params).deployment);
  if (!found.ok) return respondProblem(found.error);
  const body = await readJsonBody(request, createSchema);
  if (!body.ok) return respondProblem(body.error);
  return respondResult(await createThread(found.value.client, body.value.title));
}
