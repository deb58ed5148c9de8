import { MessagesValue, StateGraph, StateSchema } from '@langchain/langgraph';
import { modelReply } from './model-reply';

// A state schema, and no annotation: the server knows what an assistant takes without compiling its program first.
const AssistantState = new StateSchema({ messages: MessagesValue });

/** Answers the last message. The whole conversation counts as input, so a thread that grows also grows dearer. */
function reply(state: typeof AssistantState.State) {
  const conversation = state.messages.map((message) => message.text).join('\n');
  const question = state.messages.at(-1)?.text.trim() ?? '';
  const text =
    question === ''
      ? 'There was nothing to answer. Give this cron a message.'
      : `You asked: "${question}". Here is a short answer of the sample assistant: noted, and nothing needs your attention.`;
  return { messages: [modelReply(conversation, text)] };
}

/** A chat agent: messages in, one more message out. */
export const graph = new StateGraph(AssistantState)
  .addNode('reply', reply)
  .addEdge('__start__', 'reply')
  .addEdge('reply', '__end__')
  .compile();
