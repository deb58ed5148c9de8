import { adoptCron } from '@/lib/server/adopt-cron';
import { withCron, type CronContext } from '@/lib/server/with-cron';

/** { row, cron }: puts the cron's own id into its metadata, so that the threads its runs keep can be found. */
export function POST(_request: Request, context: CronContext): Promise<Response> {
  return withCron(context, adoptCron);
}
