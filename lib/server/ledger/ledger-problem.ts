import { cleanText } from '@/lib/crons/clean-text';
import type { Problem } from '@/lib/result';

/** Why what happens to crons cannot be written down: a full disk, a store that may only be read, one that does not answer. */
export function ledgerProblem(cause: unknown): Problem {
  const said = cause instanceof Error ? cause.message : String(cause);
  return {
    code: 'ledger-not-written',
    message: `What happens to the crons cannot be written down: ${cleanText(reasonIn(said), 200)}.`,
    hint: 'Make room on the disk of the dashboard’s store, or make it writable. What was seen meanwhile is kept and written as soon as that works; what is shown here may be older.',
  };
}

/** The drivers repeat their code in front: "SQLITE_FULL: SQLITE_FULL: database or disk is full". */
function reasonIn(said: string): string {
  return said.replace(/^(?:[A-Z_]+: )+/, '').replace(/\.$/, '') || 'the store gives no reason';
}
