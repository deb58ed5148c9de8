import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Cron } from '@/lib/crons/cron';
import type { CronFilter, CronList, CronQuery, CronRow } from '@/lib/crons/cron-list';
import { cronSearchParams } from './cron-search-params';
import { apiGet, deploymentPath } from './http';

const listEveryMs = 3_000;
const cronEveryMs = 5_000;

/** A cron with its row, as the server answered them together. */
export type CronPageData = { readonly row: CronRow; readonly cron: Cron };

/** The key all lists of a deployment begin with; invalidate it after a change. */
export function cronListKey(deploymentId: string) {
  return ['crons', deploymentId, 'list'] as const;
}

/** One window of the table. The rows of the last query stay until the next ones are there. */
export function cronListQuery(deploymentId: string, query: CronQuery) {
  return queryOptions({
    queryKey: [...cronListKey(deploymentId), query],
    queryFn: ({ signal }) =>
      apiGet<CronList>(`${deploymentPath(deploymentId, 'crons')}?${cronSearchParams(query)}`, signal),
    refetchInterval: (found) => (found.state.data?.snapshot.filling ? 700 : listEveryMs),
    placeholderData: keepPreviousData,
  });
}

/** One cron with its row, read from the deployment itself; fails with the code `gone` once it is deleted. */
export function cronQuery(deploymentId: string, cronId: string) {
  return queryOptions({
    queryKey: ['crons', deploymentId, 'one', cronId],
    queryFn: ({ signal }) => apiGet<CronPageData>(deploymentPath(deploymentId, 'crons', cronId), signal),
    refetchInterval: cronEveryMs,
  });
}

/** Where the browser downloads everything a filter matches, in the order of the table. */
export function cronExportUrl(
  deploymentId: string,
  filter: CronFilter & Partial<Pick<CronQuery, 'sort' | 'order'>>,
  format: 'csv' | 'json',
): string {
  const params = cronSearchParams(filter);
  params.set('format', format);
  return `${deploymentPath(deploymentId, 'crons', 'export')}?${params}`;
}
