import 'server-only';
import { describeEstimate } from '@/lib/cost/describe-estimate';
import type { AssistantCost } from '@/lib/crons/assistant-cost';
import type { AssistantId, CronId } from '@/lib/crons/ids';
import { ok, type Problem, type Result } from '@/lib/result';
import type { Deployment } from '../deployment';
import { knownIndex } from './known-index';

/**
 * What a run of an assistant is expected to cost and what the budgets leave for it. For a cron that exists its own runs
 * count first, and what it costs now is not counted against it.
 */
export async function assistantCost(
  deployment: Deployment,
  assistantId: AssistantId,
  cronId: CronId | null,
  nowMs: number,
): Promise<Result<AssistantCost, Problem>> {
  const index = await knownIndex(deployment);
  if (!index.ok) return index;
  const { insight, queries } = index.value;
  insight.catchUp(nowMs);
  const { estimate, currency } = insight.costs.expected(assistantId, cronId);
  const rooms = insight.costs.roomFor(assistantId);
  const now = cronId === null ? null : queries.row(cronId, nowMs);
  const costsNow = now?.cost.kind === 'known' ? now.cost.monthMicros / 1_000_000 : 0;
  const isKnown = estimate.source !== 'unknown';
  return ok({
    currency,
    perRun: isKnown ? estimate.perRun : null,
    atLeast: isKnown && estimate.atLeast,
    source: describeEstimate(estimate),
    budgetLeft: rooms.length === 0 ? null : Math.min(...rooms) + costsNow,
  });
}
