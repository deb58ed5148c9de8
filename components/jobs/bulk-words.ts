import type { CronAction } from '@/lib/crons/cron-action';
import { formatCount, plural } from '../ui/format-number';

type BulkWords = { readonly title: string; readonly description: string; readonly button: string };

/** How an action on so many crons is asked for; null while they are being counted. */
export function bulkWords(kind: CronAction['kind'], count: number | null): BulkWords {
  const crons = count === null ? 'these crons' : plural(count, 'cron');
  const number = count === null ? '' : ` ${formatCount(count)}`;
  switch (kind) {
    case 'delete':
      return {
        title: `Delete ${crons}?`,
        description:
          'Their threads and what they have produced stay. Runs that have already begun go on to their end.',
        button: `Delete${number}`,
      };
    case 'pause':
      return {
        title: `Pause ${crons}?`,
        description: 'They stay as they are and do not run until somebody resumes them.',
        button: `Pause${number}`,
      };
    case 'resume':
      return {
        title: `Resume ${crons}?`,
        description: 'They run again from their next time on. What they missed is not caught up.',
        button: `Resume${number}`,
      };
    case 'set-end':
      return {
        title: `Set when ${crons} end`,
        description: 'No run after that time. What they have now can be brought back from Activity.',
        button: `Set for${number}`,
      };
    case 'set-zone':
      return {
        title: `Set the time zone of ${crons}`,
        description:
          'The clock times of their schedules then mean that zone, so they may run at other moments.',
        button: `Set for${number}`,
      };
    case 'add-metadata':
      return {
        title: `Add metadata to ${crons}`,
        description: 'A key that is there already gets the new value; everything else stays.',
        button: `Add to${number}`,
      };
  }
}
