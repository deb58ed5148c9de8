/** Deeper nesting and longer texts than this are not read: the wire may hold anything. */
const maxDepth = 12;
const maxLength = 64_000;

/** Pieces are joined once: a text grown by `+=` is a chain of its pieces until somebody reads it. */
type Sink = { readonly pieces: string[]; length: number };

function put(sink: Sink, piece: string): void {
  sink.pieces.push(piece);
  sink.length += piece.length;
}

function collect(value: unknown, withKeys: boolean, depth: number, sink: Sink): void {
  if (sink.length >= maxLength || depth > maxDepth) return;
  if (typeof value === 'string') {
    put(sink, value);
    put(sink, '\n');
  } else if (typeof value === 'number' || typeof value === 'boolean') {
    put(sink, `${value}\n`);
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, withKeys, depth + 1, sink);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (withKeys) put(sink, `${key}: `);
      collect(item, withKeys, depth + 1, sink);
    }
  }
}

/** All texts and numbers inside a JSON value, one a line, at most 64,000 characters; keys only on demand. */
export function textInside(value: unknown, withKeys: boolean): string {
  const sink: Sink = { pieces: [], length: 0 };
  collect(value, withKeys, 0, sink);
  const text = sink.pieces.join('');
  return text.length > maxLength ? text.slice(0, maxLength) : text;
}

function messageText(content: unknown): string | null {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return null;
  for (const part of content) {
    if (typeof part === 'string') return part;
    if (typeof part === 'object' && part !== null && 'text' in part && typeof part.text === 'string')
      return part.text;
  }
  return null;
}

function isMessage(value: unknown): value is { content: unknown; role?: unknown; type?: unknown } {
  return typeof value === 'object' && value !== null && 'content' in value;
}

/** Text of the first message a person wrote, in any of the shapes messages have on the wire; else of the first message. */
export function firstMessage(messages: unknown): string | null {
  if (typeof messages === 'string') return messages;
  const list = Array.isArray(messages) ? messages : [messages];
  const read = list.filter(isMessage);
  const human = read.find((item) => [item.role, item.type].some((who) => who === 'user' || who === 'human'));
  return messageText((human ?? read[0])?.content);
}

function firstString(value: unknown, depth: number): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  if (typeof value !== 'object' || value === null || depth > maxDepth) return null;
  for (const item of Object.values(value)) {
    const found = firstString(item, depth + 1);
    if (found) return found;
  }
  return null;
}

/** What a person would call the input: its first message, else its first text; null where it holds no text. */
export function inputHeadline(input: unknown): string | null {
  const messages =
    typeof input === 'object' && input !== null && 'messages' in input
      ? input.messages
      : Array.isArray(input)
        ? input
        : null;
  return (messages === null ? null : firstMessage(messages)) ?? firstString(input, 0);
}
