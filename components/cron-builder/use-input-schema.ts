'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { assistantSchemasQuery } from '@/lib/query/assistant-queries';
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
 * What the chosen assistant takes; a server too busy to derive it from its program is asked again. Until it is known, and
 * where the server does not say, everything is allowed.
 */
export function useInputSchema(assistantId: string): InputSchema {
  const { deployment } = useBuilder();
  const { data, isFetching } = useQuery({
    ...assistantSchemasQuery(deployment.id, assistantId),
    enabled: assistantId !== '',
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
