import { Annotation, StateGraph } from '@langchain/langgraph';

const State = Annotation.Root({ text: Annotation<string> });

export const graph = new StateGraph(State)
  .addNode('echo', (state) => ({ text: `echo: ${state.text}` }))
  .addEdge('__start__', 'echo')
  .addEdge('echo', '__end__')
  .compile();
