'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { MessagesSquare } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { isFailed, isOpen, type LedgerRun, type RunDetail } from '@/lib/crons/run';
import { sourceText } from '@/lib/crons/run-source-words';
import { cancelRunMutation, runDetailQuery } from '@/lib/query/run-queries';
import { problemOf } from '@/lib/query/problem-of';
import { useDeployment } from '../shell/deployment-context';
import { useDisplayZone } from '../shell/preferences-context';
import { Button } from '../ui/button';
import { CopyButton } from '../ui/copy-button';
import { formatExact } from '../ui/format-instant';
import { toast } from '../ui/toast';
import { later } from '../ui/later';
import { useNow } from '../ui/use-now';
import { durationText, latenessText, runText } from './run-words';

const ThreadDialog = later(() => import('./thread-dialog').then((module) => module.ThreadDialog));

/** Everything known of one run; what it answered is read when it is opened. */
export function RunDetailView({ run, clockOffsetMs }: { run: LedgerRun; clockOffsetMs: number }) {
  const { deploymentId } = useDeployment();
  const zone = useDisplayZone();
  const nowMs = useNow(1_000);
  const [isReading, setIsReading] = useState(false);
  const version = `${run.status}/${run.endedMs}`;
  const { data, error } = useQuery(runDetailQuery(deploymentId, run.rowId, version));
  const late = latenessText(run);
  const at = (ms: number | null) => (ms === null ? null : formatExact(ms, zone));
  return (
    <div className="border-t border-line bg-sunk/50 px-4 py-3">
      <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-sm">
        <Fact label="Due">{at(run.scheduledMs) ?? 'started by hand, or not known'}</Fact>
        <Fact label="Began">
          {at(run.startedMs) ?? 'not known'}
          {late && `, ${late}`}
        </Fact>
        <Fact label="Ended">
          {isOpen(run.status) ? 'not yet' : (at(run.endedMs) ?? 'not known')}
          {nowMs !== null && run.startedMs !== null && `, ${durationText(run, nowMs + clockOffsetMs)}`}
        </Fact>
        {run.error !== null && (
          <Fact label={isFailed(run.status) ? 'Error' : 'Why'}>
            <span className={isFailed(run.status) ? 'text-bad' : undefined}>{run.error}</span>
          </Fact>
        )}
        <Fact label="Answered">{answerText(run, data ?? null, error)}</Fact>
        <Fact label="Known from">{sourceText(run.source)}</Fact>
        {run.runId !== null && <Id label="Run" id={run.runId} />}
        {run.threadId !== null && <Id label="Thread" id={run.threadId} gone={data?.thread === 'gone'} />}
      </dl>
      <div className="mt-3 flex flex-wrap gap-2 empty:hidden">
        {run.threadId !== null && data?.thread !== 'gone' && (
          <Button
            size="small"
            icon={<MessagesSquare aria-hidden className="size-3.5" />}
            onClick={() => setIsReading(true)}
          >
            Open the thread
          </Button>
        )}
        {isOpen(run.status) && run.runId !== null && <Cancel rowId={run.rowId} />}
      </div>
      {isReading && <ThreadDialog run={run} onClose={() => setIsReading(false)} />}
    </div>
  );
}

function answerText(run: LedgerRun, detail: RunDetail | null, error: unknown): string {
  const output = detail?.run.output ?? run.output;
  if (output !== null) return output;
  if (isOpen(run.status)) return 'nothing yet';
  if (run.threadId === null || run.runId === null)
    return run.error === null ? runText(run) || 'not known' : 'nothing';
  if (error) return `could not be read: ${problemOf(error).message}`;
  if (detail === null) return '…';
  return detail.thread === 'gone' ? 'gone with its thread' : 'nothing that can be shown';
}

function Cancel({ rowId }: { rowId: number }) {
  const { deploymentId } = useDeployment();
  const cancel = useMutation({
    ...cancelRunMutation(deploymentId),
    onSuccess: () => toast.done('The run was asked to stop.'),
    onError: (error) => toast.problem(problemOf(error)),
  });
  return (
    <Button size="small" tone="danger-plain" busy={cancel.isPending} onClick={() => cancel.mutate(rowId)}>
      Stop this run
    </Button>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{label}</dt>
      <dd className="num min-w-0 wrap-anywhere">{children}</dd>
    </>
  );
}

function Id({ label, id, gone = false }: { label: string; id: string; gone?: boolean }) {
  return (
    <Fact label={label}>
      <span className="flex items-start gap-1">
        <span className="mono min-w-0 wrap-anywhere">{id}</span>
        {gone ? (
          <span className="text-ink-3">deleted</span>
        ) : (
          <CopyButton text={id} label={`Copy the ${label.toLowerCase()} id`} />
        )}
      </span>
    </Fact>
  );
}
