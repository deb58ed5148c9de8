import 'server-only';
import { z } from 'zod';
import { isDraftShape, type CronDraft } from '@/lib/crons/cron-draft';
import type { CronsWritten, WriteNote } from '@/lib/crons/cron-written';
import type { CronId } from '@/lib/crons/ids';
import type { Problem, Result } from '@/lib/result';
import { cronWriting, type CronWriting, type FailedWrite } from './cron-writing';
import { recordedWriting } from './activity/recorded-writing';
import { openDashboard } from './dashboard';
import { deploymentById } from './deployments';
import { readCronId, readJsonBody } from './read-request';
import { respond, respondProblem } from './responses';
import type { CronContext } from './with-cron';

/**
 * The draft as the form sent it. Only its shape is checked here: what its content may be depends on the deployment and
 * on what was changed, and is answered field by field.
 */
const draft = z.custom<CronDraft>(isDraftShape, { error: 'is not a draft of a cron' });
export const createBodySchema = z.strictObject({ draft });
export const editBodySchema = z.strictObject({ opened: draft, draft });
export const tryBodySchema = z.strictObject({ draft, onThread: z.boolean() });

/** A failed write as the browser reads it: `{problem}` with the field, and all issues where there are several. */
export function respondFailedWrite({ status, problem }: FailedWrite): Response {
  return respond({ problem }, status);
}

const notRecorded: WriteNote = {
  code: 'not-recorded',
  message:
    'It is saved, but could not be written down in Activity. Look whether the disk of Crondeck is full.',
};

/** Reads deployment and body, writes, and answers with what is stored now or with why not. */
export async function withWriting<Body>(
  deployment: string,
  request: Request,
  schema: z.ZodType<Body>,
  write: (body: Body, writing: CronWriting) => Promise<Result<CronsWritten, FailedWrite>>,
): Promise<Response> {
  const found = deploymentById(deployment);
  if (!found.ok) return respondProblem(found.error);
  const body = await readJsonBody(request, schema);
  if (!body.ok) return respondProblem(body.error);
  const writing: Result<CronWriting, Problem> = await cronWriting(found.value);
  if (!writing.ok) return respondProblem(writing.error);
  const dashboard = await openDashboard();
  if (!dashboard.ok) return respondProblem(dashboard.error);
  const recorded = recordedWriting(writing.value, found.value, dashboard.value);
  const written = await write(body.value, recorded.writing);
  if (!written.ok) return respondFailedWrite(written.error);
  // The cron is stored by now: a full disk here must not look as if it were not, or it would be made twice.
  const isRecorded = await recorded.record().then(
    () => true,
    () => false,
  );
  const { notes } = written.value;
  return respond({ ...written.value, notes: isRecorded ? notes : [...notes, notRecorded] });
}

/** The same for what is done to one cron. */
export async function withCronWriting<Body>(
  { params }: CronContext,
  request: Request,
  schema: z.ZodType<Body>,
  write: (id: CronId, body: Body, writing: CronWriting) => Promise<Result<CronsWritten, FailedWrite>>,
): Promise<Response> {
  const { deployment, cronId } = await params;
  const id = readCronId(cronId);
  if (!id.ok) return respondProblem(id.error);
  return withWriting(deployment, request, schema, (body, writing) => write(id.value, body, writing));
}
