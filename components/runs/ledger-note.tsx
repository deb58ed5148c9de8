import type { Problem } from '@/lib/result';
import { Note } from '../ui/note';

/** Says that the ledger stands still, and why; nothing while it does not. */
export function LedgerNote({ problem }: { problem: Problem | null }) {
  if (problem === null) return null;
  return (
    <Note tone="bad" announce className="m-3" title={problem.message}>
      {problem.hint}
    </Note>
  );
}
