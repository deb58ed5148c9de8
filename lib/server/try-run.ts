import 'server-only';
import type { CronDraft, CronDraftField } from '@/lib/crons/cron-draft';
import { metadataOf, payloadOf } from '@/lib/crons/draft-to-wire';
import { threadIdSchema, type ThreadId } from '@/lib/crons/ids';
import { draftIssues } from '@/lib/crons/valid-draft';
import { err, type Result } from '@/lib/result';
import { failedUpstream, type FailedWrite } from './cron-writing';
import type { DeploymentClient } from './deployment-client';

export type TryRun = {
  readonly draft: CronDraft;
  /** True: on the thread the cron would use, where the run leaves its traces. False: on a thread deleted afterwards. */
  readonly onThread: boolean;
};

/** What a trial run streams, whatever the cron itself asks for: text as it comes, and each step's state. */
const streamMode = ['values', 'messages-tuple'];

/** What a run is made of; a trial does not care when the cron will run. */
const sent: ReadonlySet<PropertyKey | undefined> = new Set([
  'assistantId',
  'target',
  'input',
  'configurable',
  'context',
  'recursionLimit',
] satisfies CronDraftField[]);

function threadOf({ draft, onThread }: TryRun): ThreadId | null {
  return onThread && draft.target.kind === 'thread' ? threadIdSchema.parse(draft.target.threadId) : null;
}

/**
 * Runs the draft's payload once, now, and hands the server's event stream over. The webhook is left out: whoever
 * listens there expects runs of the schedule. Aborting the signal cancels the run.
 */
export async function tryRun(
  run: TryRun,
  client: Pick<DeploymentClient, 'streamRun'>,
  signal: AbortSignal,
): Promise<Result<Response, FailedWrite>> {
  const issues = draftIssues(run.draft, { secondsFirst: false }).filter(({ path }) => sent.has(path[0]));
  if (issues.length > 0) {
    const hint = 'Correct the marked fields, then try again. Nothing you typed is lost.';
    return err({
      status: 422,
      problem: { code: 'invalid-draft', message: issues[0]?.message ?? '', hint, issues },
    });
  }
  const threadId = threadOf(run);
  const { webhook: _webhook, stream_resumable: _resumable, ...payload } = payloadOf(run.draft);
  const body = {
    ...payload,
    assistant_id: run.draft.assistantId,
    metadata: { ...metadataOf(run.draft), crondeck_trial: true },
    stream_mode: streamMode,
    stream_subgraphs: false,
    on_disconnect: 'cancel',
    ...(threadId === null && { on_completion: 'delete' }),
  };
  const opened = await client.streamRun(threadId, body, { signal });
  return opened.ok ? opened : err(failedUpstream(opened.error));
}
