import type { AlertRule } from './alert-settings';
import { conditionKey, type Condition } from './condition';

const minuteMs = 60_000;

/** How long a condition has to last before anybody is told: what passes by itself at a start or a deploy is no alert. */
export const openHoldMs: Readonly<Record<AlertRule, number>> = {
  'deployment-down': 2 * minuteMs,
  'scheduler-down': 2 * minuteMs,
  // Three failures, or one where somebody asked for that, have happened already; only the ledger has to catch up.
  failing: minuteMs / 2,
  overdue: 2 * minuteMs,
  'waiting-for-human': minuteMs,
  budget: 2 * minuteMs,
  'ending-soon': minuteMs,
};
const firstCloseHoldMs = 2 * minuteMs;
const longestCloseHoldMs = 6 * 60 * minuteMs;
/** After so long without a look, nothing is known of the time in between. */
const gapMs = 2 * minuteMs;

/** How long it must be over before it counts as resolved: the more often it came back within a day, the longer. */
export function closeHoldMs(opened: number): number {
  return Math.min(longestCloseHoldMs, firstCloseHoldMs * 4 ** Math.max(0, opened - 1));
}

/** An alert that is open, as far as judging needs it. */
export type OpenAlert = {
  readonly alertId: number;
  readonly rule: AlertRule;
  readonly subject: string;
  /** How often it was opened within a day of the time before, this one included. */
  readonly opened: number;
};

/** What is about to change, by key, and since when (epoch ms): lives as long as somebody looks without a gap. */
export type Pending = {
  readonly atMs: number;
  readonly opening: ReadonlyMap<string, number>;
  readonly closing: ReadonlyMap<string, number>;
};
export const nothingPending: Pending = {
  atMs: Number.NEGATIVE_INFINITY,
  opening: new Map(),
  closing: new Map(),
};

/** One look: what is so, and which rules it says anything about. */
export type Look = {
  readonly conditions: readonly Condition[];
  readonly covers: (rule: AlertRule) => boolean;
};

export type Judged = {
  readonly opens: readonly Condition[];
  readonly closes: readonly OpenAlert[];
  readonly pending: Pending;
};

/**
 * Which alerts open and which are over, from one look and what was seen before. A rule that the look says nothing about
 * changes nothing, and its waiting begins anew.
 */
export function judgeAlerts(open: readonly OpenAlert[], look: Look, before: Pending, nowMs: number): Judged {
  const { opening, closing } = nowMs - before.atMs > gapMs || nowMs < before.atMs ? nothingPending : before;
  const known = new Set(open.map(conditionKey));
  const seen = new Set(look.conditions.map(conditionKey));
  const next = { opening: new Map<string, number>(), closing: new Map<string, number>() };
  const opens = look.conditions.filter((condition) => {
    const key = conditionKey(condition);
    if (condition.unsure || known.has(key) || !look.covers(condition.rule)) return false;
    const sinceMs = opening.get(key) ?? nowMs;
    if (nowMs - sinceMs >= openHoldMs[condition.rule]) return true;
    next.opening.set(key, sinceMs);
    return false;
  });
  const closes = open.filter((alert) => {
    const key = conditionKey(alert);
    if (seen.has(key) || !look.covers(alert.rule)) return false;
    const sinceMs = closing.get(key) ?? nowMs;
    if (nowMs - sinceMs >= closeHoldMs(alert.opened)) return true;
    next.closing.set(key, sinceMs);
    return false;
  });
  return { opens, closes, pending: { atMs: nowMs, ...next } };
}
