import type { CronList, CronRow } from '@/lib/crons/cron-list';
import { cronSearchParams } from '@/lib/query/cron-search-params';
import { apiGet, deploymentPath } from '@/lib/query/http';
import type { CronUrlState } from './url-state';

const mostAtOnce = 500;

/**
 * Reads the rows from `from` to `to` (excluded), however many, in the order of the table. What moves while it reads is
 * neither lost nor doubled by its id. Throws ApiProblem, or the signal's reason.
 */
export async function fetchRows(
  deploymentId: string,
  state: CronUrlState,
  [from, to]: readonly [from: number, to: number],
  signal?: AbortSignal,
): Promise<readonly CronRow[]> {
  const rows = new Map<string, CronRow>();
  for (let offset = from; offset < to; offset += mostAtOnce) {
    signal?.throwIfAborted();
    const params = cronSearchParams({ ...state, offset, limit: Math.min(mostAtOnce, to - offset) });
    const list = await apiGet<CronList>(`${deploymentPath(deploymentId, 'crons')}?${params}`, signal);
    for (const row of list.rows) rows.set(row.cronId, row);
    if (list.rows.length === 0) break;
  }
  return [...rows.values()];
}
