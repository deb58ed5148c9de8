'use client';
import { Note } from '../ui/note';

/** A link with parts nobody knows still works; this says which parts did nothing. */
export function IgnoredNote({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <Note className="mb-3" title="Part of this address was ignored:">
      {names.slice(0, 5).join(', ')}
      {names.length > 5 && ` and ${names.length - 5} more`}. Everything else is shown as asked.
    </Note>
  );
}
