import { maxTokensPerCall, type Usage } from './usage';

type Fields = Readonly<Record<string, unknown>>;

/** Keys under which providers name the model in `response_metadata`, best first. */
const modelNameKeys = ['model_name', 'model', 'model_id', 'modelId'] as const;

/**
 * What one AI message used, or null where it does not say or says something impossible (negative, fractional, absurd).
 * `usage_metadata` is LangChain's own count; the provider's raw one in `response_metadata` (`token_usage`, `usage`,
 * `tokenUsage`) is the fallback. Tokens are counted as in {@link Usage}.
 */
export function readUsage(message: Fields): Usage | null {
  const response = fields(message['response_metadata']);
  const modelName = modelNameKeys.map((key) => text(response[key])).find((name) => name !== null) ?? null;
  const provider = text(response['model_provider']);
  const named = { modelName, ...(provider === null ? {} : { modelProvider: provider }) };
  const standard = fromUsageMetadata(fields(message['usage_metadata']));
  if (standard === 'impossible') return null;
  // Some integrations fill in zeros when the provider streamed no counts.
  if (standard !== null && standard.inputTokens + standard.outputTokens > 0) return { ...standard, ...named };
  for (const key of ['token_usage', 'usage', 'tokenUsage']) {
    const raw = fromProvider(fields(response[key]));
    if (raw === 'impossible') return null;
    if (raw !== null && raw.inputTokens + raw.outputTokens > 0) return { ...raw, ...named };
  }
  return standard === null ? null : { ...standard, ...named };
}

type Counts = Omit<Usage, 'modelName' | 'modelProvider'>;

function fromUsageMetadata(usage: Fields): Counts | 'impossible' | null {
  const input = fields(usage['input_token_details']);
  const output = fields(usage['output_token_details']);
  const longWrite = count(input['ephemeral_1h_input_tokens']);
  // Where the split by cache lifetime is given, LangChain sets cache_creation to 0.
  const write = sum(count(input['cache_creation']), count(input['ephemeral_5m_input_tokens']), longWrite);
  return assemble({
    input: count(usage['input_tokens']),
    output: count(usage['output_tokens']),
    total: count(usage['total_tokens']),
    cached: count(input['cache_read']),
    write,
    longWrite,
    inputAudio: count(input['audio']),
    outputAudio: count(output['audio']),
    reasoning: count(output['reasoning']),
  });
}

function fromProvider(usage: Fields): Counts | 'impossible' | null {
  const input = fields(usage['prompt_tokens_details']);
  const output = fields(usage['completion_tokens_details']);
  const cacheRead = usage['cache_read_input_tokens'] ?? usage['cacheReadInputTokens'];
  const cacheWrite = usage['cache_creation_input_tokens'] ?? usage['cacheWriteInputTokens'];
  const given = count(
    usage['prompt_tokens'] ?? usage['input_tokens'] ?? usage['inputTokens'] ?? usage['promptTokens'],
  );
  // Anthropic and Bedrock count cache tokens beside the input, OpenAI within it.
  const beside =
    cacheRead === undefined && cacheWrite === undefined
      ? undefined
      : sum(count(cacheRead), count(cacheWrite));
  return assemble({
    input: given === undefined ? undefined : sum(given, beside),
    output: count(
      usage['completion_tokens'] ??
        usage['output_tokens'] ??
        usage['outputTokens'] ??
        usage['completionTokens'],
    ),
    total: undefined,
    cached: count(cacheRead ?? input['cached_tokens']),
    write: count(cacheWrite),
    longWrite: undefined,
    inputAudio: count(input['audio_tokens']),
    outputAudio: count(output['audio_tokens']),
    reasoning: count(output['reasoning_tokens']),
  });
}

/** undefined: not said; NaN: said, but no possible count. */
type Count = number | undefined;
type Parts = Readonly<
  Record<
    | 'input'
    | 'output'
    | 'total'
    | 'cached'
    | 'write'
    | 'longWrite'
    | 'inputAudio'
    | 'outputAudio'
    | 'reasoning',
    Count
  >
>;

function assemble(parts: Parts): Counts | 'impossible' | null {
  if (parts.input === undefined && parts.output === undefined) return null;
  if (Object.values(parts).some((part) => Number.isNaN(part))) return 'impossible';
  const outputTokens = parts.output ?? 0;
  const cacheTokens = (parts.cached ?? 0) + (parts.write ?? 0);
  let inputTokens = parts.input ?? 0;
  // Some integrations count cache tokens beside the input: the total gives it away, or a part larger than the whole.
  const besideInput =
    parts.total === undefined
      ? cacheTokens > inputTokens
      : parts.total === inputTokens + cacheTokens + outputTokens || cacheTokens > inputTokens;
  if (cacheTokens > 0 && besideInput) inputTokens += cacheTokens;
  const inputAudio = parts.inputAudio ?? 0;
  const outputAudio = parts.outputAudio ?? 0;
  const reasoning = parts.reasoning ?? 0;
  // Cached audio counts as both, so the parts need not add up; but none may exceed the whole.
  if (cacheTokens > inputTokens || inputAudio > inputTokens) return 'impossible';
  if (outputAudio > outputTokens || reasoning > outputTokens) return 'impossible';
  if (inputTokens > maxTokensPerCall || outputTokens > maxTokensPerCall) return 'impossible';
  return {
    inputTokens,
    outputTokens,
    ...(parts.cached ? { cachedInputTokens: parts.cached } : {}),
    ...(parts.write ? { cacheWriteTokens: parts.write } : {}),
    ...(parts.longWrite ? { longCacheWriteTokens: parts.longWrite } : {}),
    ...(inputAudio ? { inputAudioTokens: inputAudio } : {}),
    ...(outputAudio ? { outputAudioTokens: outputAudio } : {}),
    ...(reasoning ? { reasoningTokens: reasoning } : {}),
  };
}

function count(value: unknown): Count {
  if (value === undefined || value === null) return undefined;
  const possible =
    typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= maxTokensPerCall;
  return possible ? value : Number.NaN;
}

function sum(...counts: Count[]): Count {
  const said = counts.filter((each) => each !== undefined);
  return said.length === 0 ? undefined : said.reduce((total, each) => total + each, 0);
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : null;
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
