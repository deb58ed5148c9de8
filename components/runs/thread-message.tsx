import { clsx } from 'clsx';
import type { ThreadMessage } from '@/lib/crons/thread-view';
import { ScrollBox } from '../ui/scroll-box';

const speakers: Readonly<Record<ThreadMessage['who'], string>> = {
  person: 'Asked',
  agent: 'Agent',
  tool: 'Tool',
  system: 'Instructions',
  other: 'Message',
};

/** One message of a thread: who says it, what, and which tools it asked for. */
export function ThreadMessageView({ message: { who, name, text, calls } }: { message: ThreadMessage }) {
  const speaker = name === null ? speakers[who] : `${speakers[who]} ${name}`;
  return (
    <li
      className={clsx(
        'rounded-lg border border-line px-3 py-2',
        who === 'agent' ? 'bg-card' : 'bg-sunk/60',
        who === 'person' && 'border-l-2 border-l-accent',
      )}
    >
      <p className="text-xs text-ink-2 wrap-anywhere">{speaker}</p>
      {text !== '' && (
        <ScrollBox label={`${speaker} says`} mono={who === 'tool'} className="mt-0.5 max-h-72">
          {text}
        </ScrollBox>
      )}
      {calls.length > 0 && (
        <p className="mt-1 text-sm text-ink-2 wrap-anywhere">
          uses <span className="mono">{calls.join(', ')}</span>
        </p>
      )}
      {text === '' && calls.length === 0 && <p className="text-sm text-ink-3">without a text</p>}
    </li>
  );
}
