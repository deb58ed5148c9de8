import { cleanBlock, cleanText } from '@/lib/crons/clean-text';
import { isJsonObject } from '@/lib/crons/draft-json';
import { parseInstant } from '@/lib/crons/parse-instant';
import type { ThreadMessage, ThreadView } from '@/lib/crons/thread-view';
import { errorText } from '../measuring/wire-run';

type There = Extract<ThreadView, { kind: 'there' }>;
type Readable = Pick<There, 'atMs' | 'questions' | 'error' | 'next' | 'messages' | 'earlier' | 'values'>;

const mostMessages = 30;
const mostValues = 30;
const longestText = 6_000;
const longestName = 80;

/** Reads a state as servers send it (`GET /threads/{id}/state`, or one of its history); what is missing is left out. */
export function readState(state: unknown): Readable {
  const { values, next, tasks, created_at: at } = isJsonObject(state) ? state : {};
  const { messages, ...rest } = isJsonObject(values) ? values : {};
  const said = Array.isArray(messages) ? messages.flatMap((message) => readMessage(message) ?? []) : [];
  const steps = Array.isArray(tasks) ? tasks.filter(isJsonObject) : [];
  return {
    atMs: parseInstant(at),
    questions: steps.flatMap(({ interrupts }) =>
      (Array.isArray(interrupts) ? interrupts : []).flatMap((each) =>
        isJsonObject(each) ? (questionText(each['value']) ?? []) : [],
      ),
    ),
    error: steps.map(({ error }) => errorText(error)).find((text) => text !== null) ?? null,
    next: (Array.isArray(next) ? next : []).flatMap((name) =>
      typeof name === 'string' ? [cleanText(name, longestName)] : [],
    ),
    messages: said.slice(-mostMessages),
    earlier: Math.max(0, said.length - mostMessages),
    values: Object.entries(rest)
      .slice(0, mostValues)
      .flatMap(([name, value]) => {
        const text = valueText(value);
        return text === null ? [] : [{ name: cleanText(name, longestName), text }];
      }),
  };
}

/** People are mostly asked with a text, or an object that has one under a name like these. */
function questionText(value: unknown): string | null {
  if (!isJsonObject(value)) return valueText(value);
  const asked = value['question'] ?? value['message'] ?? value['description'];
  return valueText(typeof asked === 'string' && asked !== '' ? asked : value);
}

/** Null for what holds nothing. */
function valueText(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return cleanBlock(text, longestText);
}

const speakers: Readonly<Record<string, ThreadMessage['who']>> = {
  human: 'person',
  user: 'person',
  ai: 'agent',
  assistant: 'agent',
  tool: 'tool',
  system: 'system',
};

function readMessage(message: unknown): ThreadMessage | null {
  if (!isJsonObject(message)) return null;
  const { type, role, name, content, tool_calls: calls } = message;
  const speaker = typeof type === 'string' ? type : typeof role === 'string' ? role : '';
  return {
    // "AIMessageChunk" and its like are what streams leave behind.
    who: speakers[speaker.toLowerCase().replace(/message(chunk)?$/, '')] ?? 'other',
    name: typeof name === 'string' && name !== '' ? cleanText(name, longestName) : null,
    text: cleanBlock(contentText(content), longestText),
    calls: (Array.isArray(calls) ? calls : []).flatMap((call) =>
      isJsonObject(call) && typeof call['name'] === 'string' ? [cleanText(call['name'], longestName)] : [],
    ),
  };
}

/** Content is a text, or parts of which some have a text; of the others only the kind is said. */
function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part) => {
      if (typeof part === 'string') return part;
      if (!isJsonObject(part)) return '';
      if (typeof part['text'] === 'string') return part['text'];
      const kind = part['type'];
      return typeof kind === 'string' && kind !== 'tool_use' ? `[${kind}]` : '';
    })
    .filter((text) => text !== '')
    .join('\n');
}
