import 'server-only';
import { rankByCost, receiptOf } from '@/lib/cost/receipt';
import type { CronSelection } from '@/lib/crons/cron-list';
import type { SelectionReceipt } from '@/lib/crons/selection-receipt';
import { ok, type Problem, type Result } from '@/lib/result';
import { checkSelection } from '../bulk/selection-check';
import type { ChangeTarget } from '../bulk/change-target';
import type { CronIndex } from '../cron-index/cron-index';
import type { Store } from '../store/open-store';

const namedAtMost = 5;

/** Adds up what a selection does, and remembers what it held, so that acting on it can be held to what was shown. */
export async function selectionReceipt(
  selection: CronSelection,
  target: ChangeTarget,
  index: CronIndex,
  store: Store,
  nowMs: number,
): Promise<Result<SelectionReceipt, Problem>> {
  const checked = await checkSelection(selection, target, store, nowMs);
  if (!checked.ok) return checked;
  const { count, digest } = checked.value;
  const rows = target.resolve(selection).flatMap(({ cronId }) => index.queries.row(cronId, nowMs) ?? []);
  const lines = rows.map(({ cronId, name, runsAMonth, cost }) => ({
    cronId,
    name,
    runsAMonth,
    monthMicros: cost.kind === 'known' ? cost.monthMicros : null,
    atLeast: cost.kind === 'known' && cost.atLeast,
  }));
  const { crons: _, ...sum } = receiptOf(lines);
  return ok({
    seen: { count, digest },
    sum,
    currency: index.insight.monthOfAll().currency,
    top: rankByCost(lines)
      .filter((line) => line.runsAMonth !== 0)
      .slice(0, namedAtMost),
    idle: lines.filter((line) => line.runsAMonth === 0).length,
    enabled: rows.filter(({ enabled, status }) => enabled && status.code !== 'ended').length,
  });
}
