import { interrupt, StateGraph, StateSchema } from '@langchain/langgraph';
import { z } from 'zod';

const input = { draft: z.string().optional().describe('What is to be sent; anything if left out.') };
const ApprovalState = new StateSchema({ ...input, answer: z.string() });

/** Stops here until somebody resumes the thread with an answer. */
function ask(state: typeof ApprovalState.State) {
  const answer: unknown = interrupt({ question: `Send "${state.draft || 'the weekly note'}"?` });
  return { answer: typeof answer === 'string' ? answer : JSON.stringify(answer) };
}

/** Asks a human before it goes on, to see what a cron looks like that waits for an answer. */
export const graph = new StateGraph({ input: new StateSchema(input), state: ApprovalState })
  .addNode('ask', ask)
  .addEdge('__start__', 'ask')
  .addEdge('ask', '__end__')
  .compile();
