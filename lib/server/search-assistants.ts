import 'server-only';
import { z } from 'zod';
import type {
  AssistantGraph,
  AssistantList,
  AssistantSchemas,
  AssistantSummary,
} from '@/lib/crons/assistant';
import { cleanText } from '@/lib/crons/clean-text';
import type { JsonObject } from '@/lib/crons/cron';
import type { AssistantId } from '@/lib/crons/ids';
import { ok, type Result } from '@/lib/result';
import type { DeploymentClient } from './deployment-client';
import type { UpstreamProblem } from './upstream-problem';

const pageSize = 1000;
const mostPages = 10;

const wireSchema = z.object({
  assistant_id: z.string().min(1),
  name: z.string().nullish().catch(null),
  graph_id: z.string().nullish().catch(null),
  description: z.string().nullish().catch(null),
  metadata: z.record(z.string(), z.unknown()).nullish().catch(null),
});

function summaryOf(wire: unknown): AssistantSummary | null {
  const read = wireSchema.safeParse(wire);
  if (!read.success) return null;
  const { assistant_id: id, name, graph_id: graphId, description, metadata } = read.data;
  return {
    assistantId: id as AssistantId,
    name: cleanText(name ?? '') || graphId || 'Unnamed assistant',
    graphId: graphId ?? null,
    description: description ? cleanText(description, 300) : null,
    isSystem: metadata?.created_by === 'system',
  };
}

function byUsefulness(a: AssistantSummary, b: AssistantSummary): number {
  return Number(b.isSystem) - Number(a.isSystem) || a.name.localeCompare(b.name);
}

/**
 * Assistants whose name, graph, description or id contains `q`. All are read and filtered here: servers search by name
 * only, and some take no notice of it.
 */
export async function searchAssistants(
  client: Pick<DeploymentClient, 'searchAssistants'>,
  q: string,
  limit: number,
): Promise<Result<AssistantList, UpstreamProblem>> {
  const wanted = q.trim().toLowerCase();
  const found = new Map<string, AssistantSummary>();
  for (let page = 0; page < mostPages; page += 1) {
    const reply = await client.searchAssistants({ limit: pageSize, offset: page * pageSize });
    if (!reply.ok) return reply;
    for (const wire of reply.value) {
      const summary = summaryOf(wire);
      if (!summary) continue;
      const { name, graphId, description, assistantId } = summary;
      const text = [name, graphId, description, assistantId].join('\n').toLowerCase();
      if (text.includes(wanted)) found.set(assistantId, summary);
    }
    if (reply.value.length < pageSize) break;
  }
  const sorted = [...found.values()].toSorted(byUsefulness);
  return ok({ assistants: sorted.slice(0, limit), truncated: sorted.length > limit });
}

const anObject = z.record(z.string(), z.unknown()).nullish().catch(null);
const schemasSchema = z.object({
  graph_id: z.string().nullish().catch(null),
  input_schema: anObject,
  output_schema: anObject,
  state_schema: anObject,
  config_schema: anObject,
  context_schema: anObject,
});

/** The JSON Schemas of an assistant; a server that has none answers with nulls, which is no failure. */
export function readSchemas(wire: JsonObject): AssistantSchemas {
  const { data } = schemasSchema.safeParse(wire);
  return {
    graphId: data?.graph_id ?? null,
    input: data?.input_schema ?? null,
    output: data?.output_schema ?? null,
    state: data?.state_schema ?? null,
    config: data?.config_schema ?? null,
    context: data?.context_schema ?? null,
  };
}

const graphSchema = z.object({
  nodes: z
    .array(
      z
        .object({ id: z.union([z.string(), z.number()]) })
        .nullable()
        .catch(null),
    )
    .catch([]),
});

/** The nodes of a graph that a run can stop at. */
export function readGraph(wire: JsonObject): AssistantGraph {
  const nodes = graphSchema.safeParse(wire).data?.nodes ?? [];
  const ids = nodes.flatMap((node) => (node === null ? [] : [String(node.id)]));
  return { nodes: [...new Set(ids)].filter((id) => id !== '__start__' && id !== '__end__') };
}
