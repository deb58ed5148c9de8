import { queryOptions } from '@tanstack/react-query';
import { plainQuery, type CronRow } from '@/lib/crons/cron-list';
import { cronListQuery } from '@/lib/query/cron-queries';

export type TwinSubject = Pick<CronRow, 'cronId' | 'schedule' | 'zone' | 'assistant'>;

const lookedAt = 500;

/** Crons that run the same assistant at the same times, other than this one. */
export function twinsQuery(deploymentId: string, { cronId, schedule, zone, assistant }: TwinSubject) {
  const query = {
    ...plainQuery,
    assistant: [assistant.id],
    zone: [zone],
    q: schedule.slice(0, 500),
    limit: lookedAt,
  };
  return queryOptions({
    ...cronListQuery(deploymentId, query),
    refetchInterval: false,
    select: ({ rows }) =>
      rows.filter((row) => row.cronId !== cronId && row.schedule === schedule && row.zone === zone),
  });
}
