import type { RunSource } from './run';

const sourceWords: Record<RunSource, string> = {
  firings: 'the engine’s own record',
  thread: 'the runs of its thread',
  'kept-thread': 'the thread it left',
  webhook: 'the report it sent at its end',
  here: 'started from this dashboard',
  inferred: 'the next date moved on: it was started or skipped, nobody saw which',
};

/** Where a run is known from. */
export function sourceText(source: RunSource): string {
  return sourceWords[source];
}
