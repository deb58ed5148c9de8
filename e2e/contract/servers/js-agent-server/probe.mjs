import { setTimeout as delay } from 'node:timers/promises';
import { Annotation, StateGraph } from '@langchain/langgraph';

// The JavaScript twin of langgraph-dev/probe.py: a graph without a model whose behaviour is chosen by its input.

const State = Annotation.Root({
  messages: Annotation({ reducer: (left, right) => left.concat(right), default: () => [] }),
  sleep_ms: Annotation(),
  fail: Annotation(),
  cron_id: Annotation(),
});

async function work(state, config) {
  // With the signal a cancelled run stops at once instead of holding its thread to the end.
  await delay(state.sleep_ms ?? 0, undefined, config.signal ? { signal: config.signal } : {});
  if (state.fail) throw new Error('the probe was told to fail');
  return {
    messages: [{ role: 'assistant', content: 'done' }],
    cron_id: config.configurable?.cron_id ?? null,
  };
}

export const graph = new StateGraph(State)
  .addNode('work', work)
  .addNode('finish', () => ({}))
  .addEdge('__start__', 'work')
  .addEdge('work', 'finish')
  .addEdge('finish', '__end__')
  .compile();
