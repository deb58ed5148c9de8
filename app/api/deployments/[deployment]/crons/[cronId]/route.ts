import { deleteCron } from '@/lib/server/deletion/delete-cron';
import { readCronPage } from '@/lib/server/cron-actions';
import { updateCron } from '@/lib/server/update-cron';
import { withCron, type CronContext } from '@/lib/server/with-cron';
import { editBodySchema, withCronWriting } from '@/lib/server/write-routes';

/** { row: CronRow, cron: Cron }, read from the deployment itself. */
export function GET(_request: Request, context: CronContext): Promise<Response> {
  return withCron(context, readCronPage);
}

/** { deleted: Cron | null, entryId: string }: what it was, and the entry of Activity that can be undone. */
export function DELETE(_request: Request, context: CronContext): Promise<Response> {
  return withCron(context, deleteCron);
}

/** CronsWritten for { opened: CronDraft, draft: CronDraft }: only what differs between the two is changed. */
export function PATCH(request: Request, context: CronContext): Promise<Response> {
  return withCronWriting(context, request, editBodySchema, (id, { opened, draft }, writing) =>
    updateCron(id, opened, draft, writing),
  );
}
