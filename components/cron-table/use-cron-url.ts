'use client';
import { useSearchParams } from 'next/navigation';
import { useQueryStates, type SetValues } from 'nuqs';
import { cronUrlParsers, ignoredParameters, type CronUrlState } from './url-state';

/** Search, filters, sort and grouping as the address has them, so that a link shows a colleague the same. */
export function useCronUrl(): {
  readonly state: CronUrlState;
  readonly setState: SetValues<typeof cronUrlParsers>;
  readonly ignored: readonly string[];
} {
  const [state, setState] = useQueryStates(cronUrlParsers, { history: 'replace', shallow: true });
  const params = useSearchParams();
  return { state, setState, ignored: ignoredParameters(new URLSearchParams(params)) };
}
