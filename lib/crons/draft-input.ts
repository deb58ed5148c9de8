import type { CronDraft } from './cron-draft';
import { isJsonObject, readJson, writeJson } from './draft-json';

type DraftInput = CronDraft['input'];

/** The text of `{messages: [{role: 'user' | 'human', content: TEXT}]}`, or null where there is more than one plain message. */
export function plainMessage(input: unknown): string | null {
  if (!isJsonObject(input) || Object.keys(input).join() !== 'messages') return null;
  const { messages } = input;
  if (!Array.isArray(messages) || messages.length !== 1) return null;
  const message: unknown = messages[0];
  if (!isJsonObject(message) || Object.keys(message).toSorted().join() !== 'content,role') return null;
  const fromPerson = message.role === 'user' || message.role === 'human';
  return fromPerson && typeof message.content === 'string' ? message.content : null;
}

/** How the form shows an input of the wire: a message where it is just that, else JSON. Absent and null are "none". */
export function inputToDraft(input: unknown): DraftInput {
  if (input === undefined || input === null) return { kind: 'none' };
  const text = plainMessage(input);
  return text === null ? { kind: 'json', text: writeJson(input) } : { kind: 'message', text };
}

/** The wire's input; undefined where none is sent or the text is not JSON yet. */
export function draftToInput(input: DraftInput): unknown {
  switch (input.kind) {
    case 'none':
      return undefined;
    case 'message':
      return { messages: [{ role: 'user', content: input.text }] };
    case 'json': {
      const read = readJson(input.text);
      return read.kind === 'json' ? read.value : undefined;
    }
  }
}
