import { cleanText } from '@/lib/crons/clean-text';
import { firstMessage } from '@/lib/crons/input-text';

/** The title a thread's metadata gives it, else what its first message says, else null. */
export function threadTitle(metadata: Readonly<Record<string, unknown>>, values: unknown): string | null {
  for (const key of ['title', 'name', 'thread_name', 'subject']) {
    const title = metadata[key];
    const clean = typeof title === 'string' ? cleanText(title, 120) : '';
    if (clean !== '') return clean;
  }
  const messages =
    typeof values === 'object' && values !== null && 'messages' in values ? values.messages : null;
  const first = messages === null ? '' : cleanText(firstMessage(messages) ?? '', 80);
  return first === '' ? null : first;
}
