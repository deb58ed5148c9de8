import { readUsage } from './read-usage';
import type { Usage } from './usage';

export type ReadMessages = {
  /** One for each model answer that was not seen before and says what it used. */
  readonly calls: readonly Usage[];
  /** New model answers without counts, or with impossible ones. */
  readonly callsWithoutUsage: number;
  /** Keys of every model answer found, old and new: pass them as `seen` next time. */
  readonly keys: readonly string[];
  /** True where the thread holds more messages than are read at once; the rest is not counted. */
  readonly truncated: boolean;
};

/** More messages than any model's context can hold; keeps a hostile thread from keeping us busy. */
const maxMessages = 50_000;

/**
 * Reads what the model calls of a thread used from its state values: every list at the top of the values is searched for
 * AI messages, each counted once by its id. `seen` are the keys of messages counted before, so that on a fixed thread only
 * the new ones count. Never throws: what is not a message, or not readable, is left out or counted as without usage.
 */
export function usageFromMessages(values: unknown, seen: ReadonlySet<string> = new Set()): ReadMessages {
  const calls: Usage[] = [];
  const keys = new Set<string>();
  let callsWithoutUsage = 0;
  const { messages, truncated } = messagesIn(values);
  for (const { message, key } of messages) {
    if (keys.has(key)) continue;
    keys.add(key);
    if (seen.has(key)) continue;
    const usage = readUsage(message);
    if (usage === null) callsWithoutUsage += 1;
    else calls.push(usage);
  }
  return { calls, callsWithoutUsage, keys: [...keys], truncated };
}

type Keyed = { readonly message: Readonly<Record<string, unknown>>; readonly key: string };

function messagesIn(values: unknown): { messages: Keyed[]; truncated: boolean } {
  const messages: Keyed[] = [];
  let read = 0;
  for (const [name, list] of listsIn(values)) {
    for (const [index, item] of list.entries()) {
      read += 1;
      if (read > maxMessages) return { messages, truncated: true };
      const message = unwrap(item);
      if (message === null || !isModelAnswer(message)) continue;
      const key = keyOf(message, name, index);
      if (key !== null) messages.push({ message, key });
    }
  }
  return { messages, truncated: false };
}

function listsIn(values: unknown): [string, readonly unknown[]][] {
  if (Array.isArray(values)) return [['messages', values]];
  if (!isObject(values)) return [];
  return Object.entries(values).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
}

/** LangChain writes a message either flat or as a "constructor" with the fields in kwargs. */
function unwrap(item: unknown): Readonly<Record<string, unknown>> | null {
  if (!isObject(item)) return null;
  if (item['type'] !== 'constructor' || !isObject(item['kwargs'])) return item;
  const path = item['id'];
  const className = Array.isArray(path) ? path.at(-1) : null;
  return { ...item['kwargs'], type: className };
}

const modelAnswerTypes = new Set(['ai', 'AIMessage', 'AIMessageChunk', 'assistant']);

function isModelAnswer(message: Readonly<Record<string, unknown>>): boolean {
  const type = message['type'] ?? message['role'];
  return typeof type === 'string' && modelAnswerTypes.has(type);
}

/** LangGraph gives every message in a message list an id; elsewhere place and counts stand in for it. */
function keyOf(message: Readonly<Record<string, unknown>>, list: string, index: number): string | null {
  const id = message['id'];
  if (typeof id === 'string' && id !== '') return id.slice(0, 200);
  if (list !== 'messages') return null;
  const usage = readUsage(message);
  return `no-id:${index}:${usage?.inputTokens ?? '-'}:${usage?.outputTokens ?? '-'}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
