import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { AssistantCost } from '@/lib/crons/assistant-cost';
import type { AssistantGraph, AssistantList, AssistantSchemas } from '@/lib/crons/assistant';
import { apiGet, deploymentPath } from './http';

/** Assistants whose name, graph or id contains `q`; the system's own first. */
export function assistantsQuery(deploymentId: string, q: string, limit = 50) {
  return queryOptions({
    queryKey: ['assistants', deploymentId, 'search', q, limit],
    queryFn: ({ signal }) =>
      apiGet<AssistantList>(
        `${deploymentPath(deploymentId, 'assistants')}?${new URLSearchParams({ q, limit: String(limit) })}`,
        signal,
      ),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

/** JSON Schemas of an assistant's input, config and context; null where the server has none. */
export function assistantSchemasQuery(deploymentId: string, assistantId: string) {
  return queryOptions({
    queryKey: ['assistants', deploymentId, 'schemas', assistantId],
    queryFn: ({ signal }) =>
      apiGet<AssistantSchemas>(deploymentPath(deploymentId, 'assistants', assistantId, 'schemas'), signal),
    staleTime: 300_000,
  });
}

/** Nodes of an assistant's graph, for "stop before / after". */
export function assistantGraphQuery(deploymentId: string, assistantId: string) {
  return queryOptions({
    queryKey: ['assistants', deploymentId, 'graph', assistantId],
    queryFn: ({ signal }) =>
      apiGet<AssistantGraph>(deploymentPath(deploymentId, 'assistants', assistantId, 'graph'), signal),
    staleTime: 300_000,
  });
}

/** What a run of an assistant is expected to cost; `cronId` where it is for a cron that exists. */
export function assistantCostQuery(deploymentId: string, assistantId: string, cronId: string | null) {
  const path = deploymentPath(deploymentId, 'assistants', assistantId, 'cost');
  return queryOptions({
    queryKey: ['assistants', deploymentId, 'cost', assistantId, cronId],
    queryFn: ({ signal }) => apiGet<AssistantCost>(cronId === null ? path : `${path}?cron=${cronId}`, signal),
    staleTime: 30_000,
  });
}
