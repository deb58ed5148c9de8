import { MessagesValue, StateGraph, StateSchema } from '@langchain/langgraph';
import { z } from 'zod';
import { modelReply } from './model-reply';

const input = {
  topic: z.string().optional().describe('What the digest is about.'),
  sources: z.array(z.string()).optional().describe('Where to look, by name.'),
  max_items: z.number().optional().describe('How many items at most, 1 to 20; 3 if left out.'),
  tone: z.enum(['brief', 'detailed']).optional(),
};
const DigestState = new StateSchema({
  ...input,
  messages: MessagesValue,
  title: z.string(),
  items: z.array(z.string()),
});

function collect(state: typeof DigestState.State) {
  const topic = state.topic || 'everything';
  const sources = state.sources?.length ? state.sources : ['the archive'];
  const count = Math.max(1, Math.min(20, state.max_items || 3));
  const items = Array.from({ length: count }, (_, index) => {
    const source = sources[index % sources.length] ?? 'the archive';
    const detail = state.tone === 'detailed' ? `, with the background that ${source} gives` : '';
    return `${index + 1}. ${source} on ${topic}${detail}`;
  });
  return { title: `Digest: ${topic}`, items };
}

function summarise(state: typeof DigestState.State) {
  const prompt = `Summarise for a ${state.tone || 'brief'} digest:\n${state.items.join('\n')}`;
  return { messages: [modelReply(prompt, `${state.title}\n${state.items.join('\n')}`)] };
}

/** A job with a structured input and no conversation. */
export const graph = new StateGraph({ input: new StateSchema(input), state: DigestState })
  .addNode('collect', collect)
  .addNode('summarise', summarise)
  .addEdge('__start__', 'collect')
  .addEdge('collect', 'summarise')
  .addEdge('summarise', '__end__')
  .compile();
