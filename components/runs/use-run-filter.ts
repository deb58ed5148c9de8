'use client';
import { useQueryStates } from 'nuqs';
import type { RunStatus } from '@/lib/crons/run';
import type { RunFilter } from '@/lib/query/run-queries';
import { runUrlParsers, type RunSpan } from './run-url';

export type RunFilterState = {
  readonly filter: RunFilter;
  /** Null where a stretch between two instants is shown instead. */
  readonly span: RunSpan | null;
  /** Something besides the time is chosen. */
  readonly isNarrowed: boolean;
  readonly set: (
    change: Partial<{
      readonly status: RunStatus[];
      readonly assistant: string[];
      readonly cron: string | null;
      readonly hours: RunSpan;
      readonly order: RunFilter['order'];
    }>,
  ) => void;
  readonly clear: () => void;
};

/** Which runs are shown, kept in the address so that a colleague sees the same. */
export function useRunFilter(): RunFilterState {
  const [{ hours, from, to, ...rest }, setState] = useQueryStates(runUrlParsers);
  const isStretch = from !== null && to !== null && to > from;
  return {
    filter: {
      ...rest,
      hours: hours === '0' ? null : Number(hours),
      from: isStretch ? from : null,
      to: isStretch ? to : null,
    },
    span: isStretch ? null : hours,
    isNarrowed: rest.status.length > 0 || rest.assistant.length > 0 || rest.cron !== null || isStretch,
    // A span that is chosen takes the place of the stretch.
    set: (change) => void setState(change.hours === undefined ? change : { ...change, from: null, to: null }),
    clear: () =>
      void setState({ status: null, assistant: null, cron: null, from: null, to: null, hours: '0' }),
  };
}
