import type { CalendarFilter } from '@/lib/crons/cron-calendar';
import { cronFacetNames } from '@/lib/crons/cron-list';
import { facetLabels } from '../cron-table/facets';

/** What a filter leaves, in a few words: "all crons", "with “stock”, 2 of Owner". Foreign text in it is plain text. */
export function filterWords(filter: CalendarFilter): string {
  const parts = [
    ...(filter.cron === null ? [] : ['one cron']),
    ...(filter.q === '' ? [] : [`with “${filter.q}”`]),
    ...cronFacetNames
      .filter((name) => filter[name].length > 0)
      .map((name) => `${facetLabels[name].toLowerCase()}: ${filter[name].length} chosen`),
  ];
  return parts.length === 0 ? 'all crons' : `only ${parts.join(', ')}`;
}
