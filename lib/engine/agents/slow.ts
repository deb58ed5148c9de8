import { setTimeout as sleep } from 'node:timers/promises';
import { Annotation, StateGraph, type LangGraphRunnableConfig } from '@langchain/langgraph';

const MAX_SECONDS = 3600;

const SlowState = Annotation.Root({
  /** How long to work, 0 to 3600; 5 if left out. `config.configurable.seconds` wins. */
  seconds: Annotation<number>,
  worked_seconds: Annotation<number>,
});

async function work(state: typeof SlowState.State, config: LangGraphRunnableConfig) {
  const wanted = Number(config.configurable?.['seconds'] ?? state.seconds ?? 5);
  const seconds = Number.isFinite(wanted) ? Math.min(MAX_SECONDS, Math.max(0, wanted)) : 5;
  // With the signal a cancelled run stops at once instead of blocking its thread to the end.
  await sleep(seconds * 1000, undefined, config.signal ? { signal: config.signal } : {});
  return { worked_seconds: seconds };
}

/** Takes its time, to see what a schedule does when runs last longer than the interval. */
export const graph = new StateGraph(SlowState)
  .addNode('work', work)
  .addEdge('__start__', 'work')
  .addEdge('work', '__end__')
  .compile();
