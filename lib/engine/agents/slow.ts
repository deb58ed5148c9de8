import { setTimeout as sleep } from 'node:timers/promises';
import { StateGraph, StateSchema, type LangGraphRunnableConfig } from '@langchain/langgraph';
import { z } from 'zod';

const MAX_SECONDS = 3600;
/** Well below the steps a graph may take. */
const MAX_PARTS = 20;

const input = {
  seconds: z
    .number()
    .optional()
    .describe('How long to work, 0 to 3600; 5 if left out. `config.configurable.seconds` wins.'),
  parts: z.number().optional().describe('In how many parts, each a step of its own, 1 to 20; 1 if left out.'),
};
const SlowState = new StateSchema({ ...input, worked_seconds: z.number() });
type Slow = typeof SlowState.State;

function wanted(state: Slow, config: LangGraphRunnableConfig): { seconds: number; each: number } {
  const asked = Number(config.configurable?.['seconds'] ?? state.seconds ?? 5);
  const seconds = Number.isFinite(asked) ? Math.min(MAX_SECONDS, Math.max(0, asked)) : 5;
  const parts = Math.min(MAX_PARTS, Math.max(1, Math.floor(state.parts || 1)));
  return { seconds, each: seconds / parts };
}

async function work(state: Slow, config: LangGraphRunnableConfig) {
  const { seconds, each } = wanted(state, config);
  // With the signal a cancelled run stops at once instead of blocking its thread to the end.
  await sleep(each * 1000, undefined, config.signal ? { signal: config.signal } : {});
  return { worked_seconds: Math.min(seconds, state.worked_seconds + each) };
}

/** Takes its time, to see what a schedule does when runs last longer than the interval. */
export const graph = new StateGraph({ input: new StateSchema(input), state: SlowState })
  // A thread remembers what the run before it worked.
  .addNode('begin', () => ({ worked_seconds: 0 }))
  .addNode('work', work)
  .addEdge('__start__', 'begin')
  .addEdge('begin', 'work')
  .addConditionalEdges('work', (state, config) =>
    state.worked_seconds < wanted(state, config).seconds - 0.001 ? 'work' : '__end__',
  )
  .compile();
