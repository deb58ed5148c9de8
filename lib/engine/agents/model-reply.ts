import { AIMessage, type BaseMessage, type StandardMessageStructure } from '@langchain/core/messages';
import { tokenCount } from './token-count';

/** What a model would have answered: text, usage and a model name that price tables know. No key and no network needed. */
export function modelReply(prompt: string, text: string): BaseMessage {
  const inputTokens = tokenCount(prompt);
  const outputTokens = tokenCount(text);
  return new AIMessage<StandardMessageStructure>({
    content: text,
    usage_metadata: {
      input_tokens: inputTokens,
      output_tokens: outputTokens,
      total_tokens: inputTokens + outputTokens,
    },
    response_metadata: { model_name: 'gpt-4o-mini', model_provider: 'openai', finish_reason: 'stop' },
  });
}
