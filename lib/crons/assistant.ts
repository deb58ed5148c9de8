import type { JsonObject } from './cron';
import type { AssistantId } from './ids';

/** An assistant as people choose it. `isSystem` = made by the server itself, one for each graph. */
export type AssistantSummary = {
  readonly assistantId: AssistantId;
  readonly name: string;
  readonly graphId: string | null;
  readonly description: string | null;
  readonly isSystem: boolean;
};

/** `truncated` is true where more match than were asked for. */
export type AssistantList = { readonly assistants: readonly AssistantSummary[]; readonly truncated: boolean };

/** JSON Schemas as the server sent them; null where it has none for that part. */
export type AssistantSchemas = {
  readonly graphId: string | null;
  readonly input: JsonObject | null;
  readonly output: JsonObject | null;
  readonly state: JsonObject | null;
  readonly config: JsonObject | null;
  readonly context: JsonObject | null;
};

/** Nodes a run can stop at, in the server's order, without the start and end marks. */
export type AssistantGraph = { readonly nodes: readonly string[] };
