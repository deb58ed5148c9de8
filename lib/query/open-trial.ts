import type { CronDraft } from '@/lib/crons/cron-draft';
import { apiStream, deploymentPath } from './http';

/** Starts one run of a draft and hands its event stream over; aborting the signal cancels the run. Throws ApiProblem. */
export function openTrial(
  deploymentId: string,
  body: { readonly draft: CronDraft; readonly onThread: boolean },
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  return apiStream(deploymentPath(deploymentId, 'crons', 'try'), body, signal);
}
