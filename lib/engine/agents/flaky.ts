import { StateGraph, StateSchema, type LangGraphRunnableConfig } from '@langchain/langgraph';
import { z } from 'zod';

const input = {
  pattern: z
    .string()
    .optional()
    .describe('One letter per run, repeated: F fails, anything else succeeds. "SF" if left out.'),
};
const FlakyState = new StateSchema({ ...input, outcome: z.string() });

/** How often each cron (or each thread, for runs by hand) has run since the server started. */
const runsOf = new Map<string, number>();
const MAX_REMEMBERED = 10_000;

function step(state: typeof FlakyState.State, config: LangGraphRunnableConfig) {
  const configurable = config.configurable ?? {};
  const pattern = String(configurable['pattern'] ?? state.pattern ?? '') || 'SF';
  const who = String(configurable['cron_id'] ?? configurable['thread_id'] ?? '');
  const turn = runsOf.get(who) ?? 0;
  if (runsOf.size >= MAX_REMEMBERED) runsOf.clear();
  runsOf.set(who, turn + 1);
  if (pattern.charAt(turn % pattern.length).toUpperCase() === 'F') {
    throw new Error(`Run ${turn + 1} fails, as the pattern ${pattern} says.`);
  }
  return { outcome: `run ${turn + 1} succeeded` };
}

/** Fails on a pattern, to see what a failing cron looks like. */
export const graph = new StateGraph({ input: new StateSchema(input), state: FlakyState })
  .addNode('step', step)
  .addEdge('__start__', 'step')
  .addEdge('step', '__end__')
  .compile();
