'use client';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { CronAction } from '@/lib/crons/cron-action';
import type { CronSelection } from '@/lib/crons/cron-list';
import { receiptQuery } from '@/lib/query/bulk-queries';
import { problemOf } from '@/lib/query/problem-of';
import { useDeployment } from '../shell/deployment-context';
import { AlertDialog } from '../ui/alert-dialog';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Note } from '../ui/note';
import { Spinner } from '../ui/spinner';
import { ActionFields } from './action-fields';
import { bulkWords } from './bulk-words';
import type { JobEnd } from './jobs-context';
import { ReceiptSums } from './receipt-sums';
import type { Bulk } from './use-bulk';

const typedAbove = 20;

type BulkDialogProps = {
  kind: CronAction['kind'];
  selection: CronSelection;
  bulk: Bulk;
  canPause: boolean;
  onClose: () => void;
  onStart?: () => void;
  onEnd?: (end: JobEnd) => void;
};

/** What an action would do to a selection, added up by the server at this moment; then starts it as a job. */
export function BulkDialog(props: BulkDialogProps) {
  const { selection, bulk, canPause, onClose } = props;
  const { deploymentId } = useDeployment();
  const [kind, setKind] = useState(props.kind);
  const { data: receipt, error } = useQuery(receiptQuery(deploymentId, selection));
  const keep = useRef<HTMLButtonElement>(null);
  const [typed, setTyped] = useState('');
  const [action, setAction] = useState<CronAction | null>(actionWithoutFields(kind));
  const count = receipt?.seen.count;
  const words = bulkWords(kind, count ?? null);
  const mustType = kind === 'delete' && (count ?? 0) > typedAbove;
  const isSure = !mustType || typed.replaceAll(/[,.\s]/g, '') === String(count);

  const start = (chosen: CronAction) => {
    if (!receipt) return;
    const { onStart, onEnd } = props;
    bulk.start({
      action: chosen,
      selection,
      seen: receipt.seen,
      ...(onStart && { onStart }),
      ...(onEnd && { onEnd }),
    });
    onClose();
  };
  return (
    <AlertDialog
      look={kind === 'delete' || kind === 'pause' ? 'receipt' : 'plain'}
      open
      onOpenChange={(open) => !open && onClose()}
      initialFocus={keep}
      title={words.title}
      description={<p>{words.description}</p>}
      actions={
        <>
          <Button ref={keep} tone="quiet" onClick={onClose}>
            {kind === 'delete' ? 'Keep them' : 'Cancel'}
          </Button>
          {kind === 'delete' && canPause && (receipt?.enabled ?? 0) > 0 && (
            <Button
              onClick={() => {
                setKind('pause');
                setAction({ kind: 'pause' });
              }}
            >
              Pause instead
            </Button>
          )}
          <Button
            tone={kind === 'delete' ? 'danger' : 'primary'}
            disabled={!receipt || count === 0 || !isSure || action === null}
            onClick={() => action && start(action)}
          >
            {words.button}
          </Button>
        </>
      }
    >
      {error ? (
        <Note tone="bad" className="my-4" title={problemOf(error).message}>
          {problemOf(error).hint}
        </Note>
      ) : receipt ? (
        <ReceiptSums receipt={receipt} kind={kind} />
      ) : (
        <p className="my-5 flex items-center gap-2 text-ink-2">
          <Spinner /> Adding up what that changes…
        </p>
      )}
      <ActionFields kind={kind} onChange={setAction} />
      {mustType && (
        <Field label={`Type ${count} to confirm`}>
          <Input
            inputMode="numeric"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </Field>
      )}
      {kind === 'delete' && (
        <p className="mt-3 text-xs text-ink-2">
          Deleting can be undone for 30 days: {count === 1 ? 'it comes' : 'they come'} back with{' '}
          {count === 1 ? 'a new id' : 'new ids'}.
        </p>
      )}
    </AlertDialog>
  );
}

/** The action itself where its kind says all there is to say; null as long as its fields are to be filled in. */
function actionWithoutFields(kind: CronAction['kind']): CronAction | null {
  switch (kind) {
    case 'delete':
    case 'pause':
    case 'resume':
      return { kind };
    case 'set-end':
    case 'set-zone':
    case 'add-metadata':
      return null;
  }
}
