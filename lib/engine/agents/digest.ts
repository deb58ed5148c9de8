import { Annotation, MessagesAnnotation, StateGraph } from '@langchain/langgraph';
import { modelReply } from './model-reply';

const DigestInput = Annotation.Root({
  /** What the digest is about. */
  topic: Annotation<string>,
  /** Where to look, by name. */
  sources: Annotation<string[]>,
  /** How many items at most. */
  max_items: Annotation<number>,
  tone: Annotation<'brief' | 'detailed'>,
});

const DigestState = Annotation.Root({
  ...DigestInput.spec,
  ...MessagesAnnotation.spec,
  title: Annotation<string>,
  items: Annotation<string[]>,
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
export const graph = new StateGraph({ input: DigestInput, stateSchema: DigestState })
  .addNode('collect', collect)
  .addNode('summarise', summarise)
  .addEdge('__start__', 'collect')
  .addEdge('collect', 'summarise')
  .addEdge('summarise', '__end__')
  .compile();
