import { MessagesAnnotation, StateGraph } from '@langchain/langgraph';
import { modelReply } from './model-reply';

/** Answers the last message. The whole conversation counts as input, so a thread that grows also grows dearer. */
function reply(state: typeof MessagesAnnotation.State) {
  const conversation = state.messages.map((message) => message.text).join('\n');
  const question = state.messages.at(-1)?.text.trim() ?? '';
  const text =
    question === ''
      ? 'There was nothing to answer. Give this cron a message.'
      : `You asked: "${question}". Here is a short answer of the sample assistant: noted, and nothing needs your attention.`;
  return { messages: [modelReply(conversation, text)] };
}

/** A chat agent: messages in, one more message out. */
export const graph = new StateGraph(MessagesAnnotation)
  .addNode('reply', reply)
  .addEdge('__start__', 'reply')
  .addEdge('reply', '__end__')
  .compile();
