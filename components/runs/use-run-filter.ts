'use client';
import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { runStatuses, type RunStatus } from '@/lib/crons/run';
import type { RunFilter } from '@/lib/query/run-queries';

/** Time spans to choose from, in hours; 0 is everything that is kept. */
export const runSpans = ['24', '168', '720', '0'] as const;
export type RunSpan = (typeof runSpans)[number];
const orders = ['attention', 'newest'] as const;

const parsers = {
  status: parseAsArrayOf(parseAsStringLiteral(runStatuses)).withDefault([]),
  assistant: parseAsArrayOf(parseAsString).withDefault([]),
  cron: parseAsString,
  hours: parseAsStringLiteral(runSpans).withDefault('24'),
  order: parseAsStringLiteral(orders).withDefault('attention'),
};

export type RunFilterState = {
  readonly filter: RunFilter;
  readonly span: RunSpan;
  /** Something besides the time is chosen. */
  readonly isNarrowed: boolean;
  readonly set: (
    change: Partial<{
      readonly status: RunStatus[];
      readonly assistant: string[];
      readonly cron: null;
      readonly hours: RunSpan;
      readonly order: RunFilter['order'];
    }>,
  ) => void;
  readonly clear: () => void;
};

/** Which runs are shown, kept in the address so that a colleague sees the same. */
export function useRunFilter(): RunFilterState {
  const [state, setState] = useQueryStates(parsers);
  const { hours, ...rest } = state;
  return {
    filter: { ...rest, hours: hours === '0' ? null : Number(hours) },
    span: hours,
    isNarrowed: state.status.length > 0 || state.assistant.length > 0 || state.cron !== null,
    set: (change) => void setState(change),
    clear: () => void setState({ status: null, assistant: null, cron: null, hours: '0' }),
  };
}
