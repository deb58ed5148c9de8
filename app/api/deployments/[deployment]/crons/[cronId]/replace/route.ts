import { replaceCron } from '@/lib/server/replace-cron';
import type { CronContext } from '@/lib/server/with-cron';
import { editBodySchema, withCronWriting } from '@/lib/server/write-routes';

/** CronsWritten for { opened: CronDraft, draft: CronDraft }: new crons in the place of this one. */
export function POST(request: Request, context: CronContext): Promise<Response> {
  return withCronWriting(context, request, editBodySchema, (id, { opened, draft }, writing) =>
    replaceCron(id, opened, draft, writing),
  );
}
