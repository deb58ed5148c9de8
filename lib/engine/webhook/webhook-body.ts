import type { Run } from '@/lib/engine/agent-server/agent-server';
import type { RunError } from '@/lib/engine/agent-server/run-error';
import type { JsonObject } from '@/lib/engine/json';

/**
 * What a webhook receives: the run, its times, its final values and, after a failure, the error. `webhook_sent_at` is
 * added when it is sent. Unlike the real server the values are there for deleted threads too: they are read first.
 */
export function webhookBody(run: Run, values: JsonObject | null, error: RunError | null): JsonObject {
  return {
    ...run.raw,
    run_started_at: run.raw['created_at'] ?? null,
    run_ended_at: run.raw['updated_at'] ?? null,
    values,
    ...(error && { error }),
  };
}
