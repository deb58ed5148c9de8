import { runCronNow } from '@/lib/server/cron-actions';
import { withCron, type CronContext } from '@/lib/server/with-cron';

/** { runId, threadId }: one run with what the cron would send. */
export function POST(_request: Request, context: CronContext): Promise<Response> {
  return withCron(context, runCronNow);
}
