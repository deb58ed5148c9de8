import type { CronFacetName } from '@/lib/crons/cron-list';

/** The facets as chips, in their order; a facet with nothing to choose is not shown. */
export const facetLabels: Record<CronFacetName, string> = {
  status: 'Status',
  assistant: 'Assistant',
  thread: 'Thread',
  target: 'Where',
  often: 'How often',
  zone: 'Time zone',
  owner: 'Owner',
  finding: 'Finding',
};
