'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CronList, CronRow } from '@/lib/crons/cron-list';
import type { CronId } from '@/lib/crons/ids';
import { cronListQuery } from '@/lib/query/cron-queries';
import type { CronUrlState } from './url-state';
import { useHeldOrder } from './use-held-order';

/** Rows asked for at once; more than a screen can show, so that at most two windows are ever needed. */
export const windowSize = 100;

export type CronWindows = {
  /** Counts, facets, strip and groups of the newest answer; null before the first. */
  readonly list: CronList | null;
  /** A row by its place in the sorted result; undefined while its window is on its way. */
  readonly rowAt: (index: number) => CronRow | undefined;
  /** The place of a cron among those at hand. */
  readonly indexOf: (cronId: CronId) => number | null;
  readonly error: Error | null;
  /** Rows of an earlier query are shown until the new ones are there. */
  readonly isBehind: boolean;
  readonly isFetching: boolean;
  readonly retry: () => void;
};

/** The rows from `first` to `last` with everything around them, kept current. */
export function useCronWindows(
  deploymentId: string,
  state: CronUrlState,
  first: number,
  last: number,
): CronWindows {
  const windowOf = (index: number) => Math.max(0, Math.floor(index / windowSize)) * windowSize;
  const at = (offset: number) => cronListQuery(deploymentId, { ...state, offset, limit: windowSize });
  const one = useQuery(at(windowOf(first)));
  const two = useQuery(at(windowOf(last)));

  const fresh = useMemo(
    () => [...new Set([one.data, two.data])].filter((list) => list !== undefined),
    [one.data, two.data],
  );
  // The answer to another query stands in until this one's is there: it is not what this one's is compared with.
  const windows = useHeldOrder(fresh, JSON.stringify([state, one.isPlaceholderData]));
  return {
    list: one.data ?? null,
    rowAt: (index) => {
      for (const list of windows) {
        const row = list.rows[index - list.offset];
        if (row) return row;
      }
      return undefined;
    },
    indexOf: (cronId) => {
      for (const list of windows) {
        const place = list.rows.findIndex((row) => row.cronId === cronId);
        if (place >= 0) return list.offset + place;
      }
      return null;
    },
    error: one.error,
    isBehind: one.isPlaceholderData,
    isFetching: one.isFetching,
    retry: () => void one.refetch(),
  };
}
