'use client';
import { useQuery } from '@tanstack/react-query';
import type { LedgerRun } from '@/lib/crons/run';
import type { ThreadView } from '@/lib/crons/thread-view';
import { problemOf } from '@/lib/query/problem-of';
import { runThreadQuery } from '@/lib/query/run-queries';
import { useDeployment } from '../shell/deployment-context';
import { useDisplayZone } from '../shell/preferences-context';
import { CopyButton } from '../ui/copy-button';
import { Dialog } from '../ui/dialog';
import { ErrorState } from '../ui/error-state';
import { formatExact } from '../ui/format-instant';
import { plural } from '../ui/format-number';
import { Note } from '../ui/note';
import { ScrollBox } from '../ui/scroll-box';
import { Skeleton } from '../ui/skeleton';
import { ThreadMessageView } from './thread-message';

type There = Extract<ThreadView, { kind: 'there' }>;
type Props = { run: LedgerRun; onClose: () => void };

/** What the thread of a run holds, to read: what was said, what it asks, why it failed, where it would go on. */
export function ThreadDialog({ run, onClose }: Props) {
  const { deploymentId } = useDeployment();
  const zone = useDisplayZone();
  const { data, error, refetch, isFetching } = useQuery(runThreadQuery(deploymentId, run.rowId));
  const problem = error && !data ? problemOf(error) : null;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="large"
      title="The thread of this run"
      description={data?.kind === 'there' ? asOfText(data, zone) : undefined}
    >
      {problem && (
        <ErrorState title={problem.message} onRetry={() => void refetch()} retrying={isFetching}>
          {problem.hint}
        </ErrorState>
      )}
      {!data && !problem && (
        <div aria-busy>
          <output className="sr-only">Reading the thread</output>
          <Skeleton className="h-40" />
        </div>
      )}
      {data?.kind === 'gone' && (
        <Note title="This thread is not there any more.">
          It was deleted, with everything in it. Threads of later runs stay if the cron keeps them: edit it,
          under Where.
        </Note>
      )}
      {data?.kind === 'there' && <State thread={data} />}
    </Dialog>
  );
}

function asOfText({ asOf, atMs }: There, zone: string): string {
  const at = atMs === null ? '' : `, ${formatExact(atMs, zone)}`;
  return asOf === 'run'
    ? `As it was at the end of the run${at}.`
    : `As it is now${at}: this server does not keep how it was at the end of the run.`;
}

function State({ thread }: { thread: There }) {
  const { questions, waits, error, next, messages, earlier, values, threadId } = thread;
  const isEmpty = messages.length === 0 && values.length === 0;
  return (
    <div className="grid gap-4">
      {questions.length > 0 && (
        <Note tone={waits ? 'warn' : 'info'} title={waits ? 'It waits for an answer.' : 'It asked somebody.'}>
          {questions.map((question, place) => (
            // Two questions can be the same.
            // oxlint-disable-next-line react/no-array-index-key
            <span key={place} className="mt-1 block whitespace-pre-wrap">
              {question}
            </span>
          ))}
          {waits && (
            <span className="mt-1 block text-ink-2">
              Answer where you talk to this agent, or have a developer resume the thread with a command.
            </span>
          )}
        </Note>
      )}
      {error !== null && (
        <Note tone="bad" title="It failed.">
          {error}
        </Note>
      )}
      {messages.length > 0 && (
        <section aria-label="Messages">
          {earlier > 0 && (
            <p className="mb-2 text-sm text-ink-2">{plural(earlier, 'earlier message')} not shown.</p>
          )}
          <ol className="grid gap-2.5">
            {messages.map((message, place) => (
              // Messages need no id on the wire, and their order does not change.
              // oxlint-disable-next-line react/no-array-index-key
              <ThreadMessageView key={place} message={message} />
            ))}
          </ol>
        </section>
      )}
      {values.length > 0 && (
        <dl className="grid gap-3">
          {values.map(({ name, text }) => (
            <div key={name}>
              <dt className="mb-1 text-xs text-ink-2 wrap-anywhere">{name}</dt>
              <dd>
                <ScrollBox
                  label={name}
                  mono={/^[[{]/.test(text)}
                  className="max-h-60 rounded-md bg-sunk px-3 py-2"
                >
                  {text}
                </ScrollBox>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {isEmpty && <p className="text-ink-2">There is nothing in this thread.</p>}
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line pt-3 text-sm text-ink-2">
        <span>{next.length === 0 ? 'It is through.' : `It stands at: ${next.join(', ')}.`}</span>
        <span className="flex min-w-0 items-center gap-1">
          <span className="mono min-w-0 wrap-anywhere">{threadId}</span>
          <CopyButton text={threadId} label="Copy the thread id" />
        </span>
      </p>
    </div>
  );
}
