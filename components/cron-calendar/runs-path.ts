import type { CalendarFilter, CalendarWindow } from '@/lib/crons/cron-calendar';
import { runsUrl } from '../runs/run-url';
import { sectionPath } from '../shell/sections';

/** The Runs page with the runs of a stretch; of the filter it knows the cron and the assistants. */
export function runsPath(
  deploymentId: string,
  { cron, assistant }: Pick<CalendarFilter, 'cron' | 'assistant'>,
  { from, to }: Pick<CalendarWindow, 'from' | 'to'>,
): string {
  return runsUrl(sectionPath(deploymentId, 'runs'), { cron, assistant, from, to });
}
