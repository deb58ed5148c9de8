'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { assistantSchemasQuery } from '@/lib/query/assistant-queries';
import { problemOf } from '@/lib/query/problem-of';
import { useBuilder } from './builder-context';
import { hasFields, takesMessages, withoutMessages, type JsonSchema } from './json-schema';

export type InputSchema = {
  readonly schema: JsonSchema | null;
  readonly configSchema: JsonSchema | null;
  readonly contextSchema: JsonSchema | null;
  readonly takesMessages: boolean;
  readonly hasForm: boolean;
  readonly isLoading: boolean;
};

/**
 * Many assistants have no schemas, and the form works without them. A server that derives them from a program gives up after
 * 30 seconds when it is busy, and may be quicker the next time.
 */
function isWorthAsking(failures: number, error: Error): boolean {
  return failures < 3 && ['failing', 'timeout'].includes(problemOf(error).code);
}

/** What the chosen assistant takes. Until it is known, and where the server does not say, everything is allowed. */
export function useInputSchema(assistantId: string): InputSchema {
  const { deployment } = useBuilder();
  const { data, isFetching } = useQuery({
    ...assistantSchemasQuery(deployment.id, assistantId),
    enabled: assistantId !== '',
    retry: isWorthAsking,
  });
  const schema = useMemo(() => (data?.input ? withoutMessages(data.input) : null), [data]);
  return {
    schema,
    configSchema: data?.config ?? null,
    contextSchema: data?.context ?? null,
    takesMessages: takesMessages(schema),
    hasForm: hasFields(schema),
    isLoading: isFetching,
  };
}
