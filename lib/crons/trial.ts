import { isJsonObject } from '@/lib/crons/draft-json';
import type { Problem } from '@/lib/result';

export type TrialTokens = { readonly input: number; readonly output: number };

/** One trial run as it goes on. Instants are epoch milliseconds. */
export type Trial = {
  readonly state: 'running' | 'done' | 'failed' | 'stopped';
  readonly startedMs: number;
  readonly endedMs: number | null;
  /** What the agent writes, message by message, in the order in which they began. */
  readonly messages: readonly { readonly id: string; readonly text: string }[];
  /** The latest state of the thread, as the server sent it. */
  readonly values: unknown;
  readonly steps: number;
  readonly problem: Problem | null;
};

export function startedTrial(startedMs: number): Trial {
  return { state: 'running', startedMs, endedMs: null, messages: [], values: null, steps: 0, problem: null };
}

/** Takes one event of the run's stream in. Events that are not known, or not JSON, change nothing. */
export function trialEvent(trial: Trial, event: string, data: string): Trial {
  const value = parse(data);
  if (value === undefined) return trial;
  // Subgraphs append their place: "values|node:id".
  switch (event.split('|')[0]) {
    case 'values':
      return { ...trial, values: value, steps: trial.steps + 1 };
    case 'messages':
      return { ...trial, messages: withChunk(trial.messages, Array.isArray(value) ? value[0] : value) };
    case 'error':
      return { ...trial, state: 'failed', problem: problemOf(value) };
    default:
      return trial;
  }
}

/** The stream has ended; `nowMs` is when. */
export function endedTrial(trial: Trial, nowMs: number): Trial {
  return { ...trial, state: trial.state === 'running' ? 'done' : trial.state, endedMs: nowMs };
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

function problemOf(value: unknown): Problem {
  const said = isJsonObject(value) ? (value.message ?? value.error) : value;
  const text = typeof said === 'string' ? said : JSON.stringify(said);
  return { code: 'run-failed', message: text, hint: 'Change the input or the configuration and try again.' };
}

/** Text of a message's content: a string, or parts of which some are text. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part: unknown) => (isJsonObject(part) && typeof part.text === 'string' ? part.text : ''))
    .join('');
}

function withChunk(messages: Trial['messages'], chunk: unknown): Trial['messages'] {
  if (!isJsonObject(chunk) || !/^(ai|AIMessage|AIMessageChunk)$/.test(String(chunk.type))) return messages;
  const id = typeof chunk.id === 'string' ? chunk.id : 'only';
  const text = contentText(chunk.content);
  const at = messages.findIndex((message) => message.id === id);
  if (at < 0) return [...messages, { id, text }];
  // A whole message ends a row of chunks and repeats what they said.
  const whole = chunk.type !== 'AIMessageChunk';
  return messages.map((message, index) =>
    index === at ? { id, text: whole ? text : message.text + text } : message,
  );
}

function lastMessages(values: unknown): readonly unknown[] {
  return isJsonObject(values) && Array.isArray(values.messages) ? values.messages : [];
}

/** What the agent answered: what was streamed, else the last message it left in the thread. */
export function trialAnswer(trial: Trial): string {
  const streamed = trial.messages.map((message) => message.text).filter((text) => text !== '');
  if (streamed.length > 0) return streamed.join('\n\n');
  const last = lastMessages(trial.values).findLast(
    (message) => isJsonObject(message) && message.type === 'ai',
  );
  return isJsonObject(last) ? contentText(last.content) : '';
}

/** Tokens of all messages the agent wrote, where the model told them. */
export function trialTokens(trial: Trial): TrialTokens | null {
  const used = lastMessages(trial.values).flatMap((message) =>
    isJsonObject(message) && isJsonObject(message.usage_metadata) ? [message.usage_metadata] : [],
  );
  if (used.length === 0) return null;
  const sum = (key: string) =>
    used.reduce((total, usage) => total + (typeof usage[key] === 'number' ? usage[key] : 0), 0);
  return { input: sum('input_tokens'), output: sum('output_tokens') };
}
