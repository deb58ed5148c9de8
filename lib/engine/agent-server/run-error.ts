import type { AgentServer, Run } from '@/lib/engine/agent-server/agent-server';
import { isJsonObject, type JsonObject } from '@/lib/engine/json';

export type RunError = { readonly error: string; readonly message: string };

const MAX_MESSAGE = 2000;

/**
 * Why a run failed. It is not on the run: newer Python servers put it on the thread, the JS server tells whoever joins
 * the run, and both leave it on the failed task of the thread's state.
 */
export async function runError(server: AgentServer, run: Run, joined: JsonObject | null): Promise<RunError> {
  const told = joined?.['__error__'];
  if (isJsonObject(told)) return toError(told);
  const thread = await server.findThread(run.threadId);
  const onThread = thread.ok && thread.value !== null ? thread.value['error'] : null;
  if (isJsonObject(onThread)) return toError(onThread);
  const state = await server.threadState(run.threadId);
  const tasks = state.ok && Array.isArray(state.value?.['tasks']) ? state.value['tasks'] : [];
  const failed: unknown = tasks.find((task) => isJsonObject(task) && task['error']);
  if (isJsonObject(failed)) return toError(fromText(String(failed['error'])));
  return { error: 'Error', message: `the run ended with status ${run.status}` };
}

/** Kind and message as one line; a kind that says nothing is left out. */
export function errorLine({ error, message }: RunError): string {
  return error === 'Error' || message.startsWith(error) ? message : `${error}: ${message}`;
}

/** The JS server writes errors down as JSON text: that of a failed task, and once more within what a joiner is told. */
function fromText(text: string): JsonObject {
  try {
    const read: unknown = JSON.parse(text);
    return isJsonObject(read) ? read : { message: text };
  } catch {
    return { message: text };
  }
}

function toError(value: JsonObject): RunError {
  const message = String(value['message'] ?? value['error'] ?? 'unknown');
  const inner = fromText(message);
  if (typeof inner['message'] === 'string' && inner['message'] !== message) return toError(inner);
  return { error: String(value['error'] ?? 'Error'), message: message.slice(0, MAX_MESSAGE) };
}
