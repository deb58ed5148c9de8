import { createSerializer, parseAsString } from 'nuqs';
import type { CronFilter } from '@/lib/crons/cron-list';
import { filterUrlParsers } from '../cron-table/url-state';
import { sectionPath } from '../shell/sections';

const serialize = createSerializer({ ...filterUrlParsers, cron: parseAsString });

/** The address of the calendar with a filter of the crons page laid over it, or one cron. */
export function calendarPath(deploymentId: string, over: Partial<CronFilter> & { cron?: string }): string {
  return serialize(sectionPath(deploymentId, 'calendar'), over);
}
