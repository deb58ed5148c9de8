'use client';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Note } from '@/components/ui/note';
import type { WriteProblem } from '@/lib/crons/cron-written';
import type { DraftChange } from '@/lib/crons/draft-diff';
import type { ReplaceReason } from '@/lib/crons/draft-to-patch';
import { WriteFailed } from './write-failed';

type Props = {
  open: boolean;
  onClose: () => void;
  changes: readonly DraftChange[];
  /** Not empty: the API cannot change this in place. */
  reasons: readonly ReplaceReason[];
  problem: WriteProblem | null;
  busy: boolean;
  onSave: () => void;
};

/** What saving will change, before it does. */
export function DiffDialog({ open, onClose, changes, reasons, problem, busy, onSave }: Props) {
  const replaces = reasons.length > 0;
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      size="large"
      title={replaces ? 'Replace the cron?' : 'Save these changes?'}
      description={
        replaces
          ? 'A new cron is made first; only when it is there, the old one is deleted.'
          : 'Everything else stays as it is.'
      }
      actions={
        <>
          <Button onClick={onClose}>Go on editing</Button>
          <Button tone="primary" busy={busy} onClick={onSave}>
            {replaces ? 'Replace it' : problem?.code === 'conflict' ? 'Save mine anyway' : 'Save'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {replaces && (
          <Note tone="warn">
            {reasons.map(({ reason }) => reason).join(' ')} The new cron gets an id of its own; earlier runs
            stay with the old one.
          </Note>
        )}
        {problem && !busy && <WriteFailed problem={problem} />}
        <Changes changes={changes} />
      </div>
    </Dialog>
  );
}

function Changes({ changes }: { changes: readonly DraftChange[] }) {
  return (
    <table className="w-full table-fixed border-collapse text-left">
      <thead className="text-xs text-ink-2">
        <tr>
          <th className="w-[24%] py-1.5 font-normal">What</th>
          <th className="py-1.5 font-normal">Now</th>
          <th className="py-1.5 font-normal">Then</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.field} className="border-t border-line align-top">
            <th scope="row" className="py-2 pr-3 font-normal text-ink-2">
              {change.label}
            </th>
            <td className="py-2 pr-3 whitespace-pre-wrap text-ink-2 line-through decoration-ink-3 wrap-anywhere">
              {change.before}
            </td>
            <td className="py-2 whitespace-pre-wrap wrap-anywhere">{change.after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
