/**
 * Tokens of one model call, as LangChain counts them: `inputTokens` is everything sent, cached and audio tokens included;
 * `outputTokens` is everything answered, reasoning included. Absent details are none.
 */
export type Usage = {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Read from the provider's prompt cache. */
  readonly cachedInputTokens?: number;
  /** Written to the prompt cache, those of the one-hour cache included. */
  readonly cacheWriteTokens?: number;
  readonly longCacheWriteTokens?: number;
  readonly inputAudioTokens?: number;
  readonly outputAudioTokens?: number;
  readonly reasoningTokens?: number;
  /** As the provider named it in the answer; null where the message does not say. */
  readonly modelName: string | null;
  /** LangChain's `model_provider`, where the message has one; it tells apart models that several providers sell. */
  readonly modelProvider?: string;
};

/**
 * What one run of a cron used: a usage for each model call, since prices can depend on the size of a call.
 * `callsWithoutUsage` are answers of a model that carry no readable counts: then the cost is a lower bound.
 */
export type RunUsage = {
  readonly calls: readonly Usage[];
  readonly callsWithoutUsage: number;
};

/** The most tokens a single call can plausibly have; anything above is a fault in the data and is refused. */
export const maxTokensPerCall = 100_000_000;

export type UsageTotals = {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedInputTokens: number;
  /** Tokens in the context at the end of the largest call: what has to fit into the model's window. */
  readonly largestContextTokens: number;
};

/** Sums the calls of a run. All counts are tokens. */
export function usageTotals(calls: readonly Usage[]): UsageTotals {
  let [inputTokens, outputTokens, cachedInputTokens, largestContextTokens] = [0, 0, 0, 0];
  for (const call of calls) {
    inputTokens += call.inputTokens;
    outputTokens += call.outputTokens;
    cachedInputTokens += call.cachedInputTokens ?? 0;
    largestContextTokens = Math.max(largestContextTokens, call.inputTokens + call.outputTokens);
  }
  return { inputTokens, outputTokens, cachedInputTokens, largestContextTokens };
}
