import { cronFindings } from './cron-rules';
import { known, type CronFacts, type RunFact, type RunHistory } from './cron-facts';
import { aRun, hour, now, someHistory, top } from './facts.test-data';

/** The kinds of what is found, the most urgent first. */
export const codes = (facts: CronFacts, atMs = now) =>
  cronFindings(facts, atMs).map((finding) => finding.code);
/** A cron that ends then. */
export const end = (atMs: number) => ({
  end: { kind: 'at' as const, atMs, text: new Date(atMs).toISOString() },
});
export const failed: Partial<RunFact> = { status: 'error', error: 'The model is overloaded.' };
/** Runs of so many hours, the newest first. */
export const history = (hours: number, change: (hoursAgo: number) => Partial<RunFact>) => ({
  history: known(someHistory(hours, change)),
});
/** A cron that sends this beside its input. */
export const fields = (payload: object) => ({ payload: { input: { messages: [] }, ...payload } });
/** What somebody set, beside what servers add. */
export const configurable = (own: object) => ({
  config: {
    configurable: { cron_id: 'x', langgraph_auth_user_id: 'y', __request_start_time_ms__: 1, ...own },
  },
});
/** A whole history with runs so many hours ago and none in between. */
export const missing = (runs: readonly number[]) => ({
  history: known<RunHistory>({
    runs: runs.map((hoursAgo) => aRun(hoursAgo)),
    complete: true,
    sinceMs: top - 12 * hour,
    untilMs: null,
    skipped: 0,
    from: 'firings',
  }),
});
/** A busy thread leaves a run out. */
export const reject = { payload: { multitask_strategy: 'reject' } };
