import { cleanText, shorten } from './clean-text';
import type { Cron } from './cron';
import { inputHeadline } from './input-text';
import { groupKey, partKey } from './reserved-metadata';

const wordsOfInput = 60;

function firstWords(text: string): string {
  // More than is shown, because marks and blanks at the front fall away.
  const line = cleanText(text.slice(0, wordsOfInput * 4), wordsOfInput * 2);
  if (line.length <= wordsOfInput) return line;
  const cut = line.lastIndexOf(' ', wordsOfInput - 1);
  return cut > wordsOfInput / 2 ? `${line.slice(0, cut)}…` : shorten(line, wordsOfInput);
}

/** The name people see, safe to show as text; `named` is false where it was taken from the input. */
export function cronName(cron: Pick<Cron, 'metadata' | 'payload'>): {
  readonly name: string;
  readonly named: boolean;
} {
  const given = cron.metadata.name;
  const name = typeof given === 'string' ? cleanText(given, 200) : '';
  if (name !== '') return { name, named: true };
  const headline = inputHeadline(cron.payload.input);
  const words = headline === null ? '' : firstWords(headline);
  return { name: words === '' ? 'Unnamed cron' : words, named: false };
}

/** Who answers for the cron: metadata.owner if somebody wrote it, else the identity that created it. */
export function cronOwner(cron: Pick<Cron, 'metadata' | 'userId'>): string | null {
  const given = cron.metadata.owner;
  const owner = typeof given === 'string' ? cleanText(given, 120) : '';
  return owner || (cron.userId ? cleanText(cron.userId, 120) : '') || null;
}

/** Which of the crons made together from one sentence this is; null for a cron made alone. */
export function cronGroup(
  cron: Pick<Cron, 'metadata'>,
): { readonly id: string; readonly part: string } | null {
  const id = cron.metadata[groupKey];
  const part = cron.metadata[partKey];
  if (typeof id !== 'string' || id === '') return null;
  return { id: cleanText(id, 80), part: typeof part === 'string' ? cleanText(part, 20) : '' };
}
