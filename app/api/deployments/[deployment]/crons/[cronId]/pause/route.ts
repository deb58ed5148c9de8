import { pauseCron } from '@/lib/server/switch-cron';
import { withCron, type CronContext } from '@/lib/server/with-cron';

/** { row: CronRow, cron: Cron, entryId: string } as it is afterwards. */
export function POST(_request: Request, context: CronContext): Promise<Response> {
  return withCron(context, pauseCron);
}
