import type { AlertSettings } from '@/lib/alerts/alert-settings';
import { composeMessage, type AlertToTell, type ToTell } from '@/lib/alerts/compose-message';
import { conditionKey } from '@/lib/alerts/condition';
import { judgeAlerts, type Pending } from '@/lib/alerts/judge-alerts';
import { isMessageDue } from '@/lib/alerts/message-due';
import type { Destination } from './destinations';
import type { AlertRow, AlertState } from './alert-rows';
import type { AlertChange } from './change-alerts';
import type { DeploymentLook } from './look-at-deployment';

export type RoundFrame = {
  readonly deployment: { readonly id: string; readonly name: string };
  /** Where people reach the dashboard. */
  readonly base: string;
  readonly nowMs: number;
  readonly destinations: readonly Pick<Destination, 'destinationId' | 'rules'>[];
};

const nothing: AlertChange = { opens: [], closes: [], silence: [], tell: null };

/** What one look changes: what opens, what is over, and, if it is time for a message, what it tells. Null for nothing. */
export function alertRound(
  state: AlertState,
  look: DeploymentLook,
  settings: AlertSettings,
  before: Pending,
  frame: RoundFrame,
): { readonly change: AlertChange | null; readonly pending: Pending } {
  const { nowMs } = frame;
  const open = state.alerts.filter(({ closedMs, rule }) => closedMs === null && settings.rules[rule]);
  const { opens, closes, pending } = judgeAlerts(open, look, before, nowMs);
  const silence = state.alerts.filter(({ rule }) => !settings.rules[rule]).map(({ alertId }) => alertId);
  const closing = open.filter((alert) => closes.some(({ alertId }) => alertId === alert.alertId));
  const change: AlertChange = {
    ...nothing,
    opens,
    closes: closing.map((alert) => ({ alertId: alert.alertId, end: look.endOf(alert) })),
    silence,
  };
  if (opens.length + closes.length + silence.length > 0) return { change, pending };
  const told = toTell(state.alerts, look, pending);
  const tell = messageOf(told, state, settings, frame);
  return { change: tell === null ? null : { ...nothing, tell }, pending };
}

/** Whatever was opened is over without a word: there is nobody to tell. Null where there is nothing open. */
export function silenceAll(state: AlertState): AlertChange | null {
  const silence = state.alerts.map(({ alertId }) => alertId);
  return silence.length === 0 ? null : { ...nothing, silence };
}

/**
 * What nobody was told yet. What the look says nothing about waits, and so does what may be over: a dashboard that was off
 * for days must not tell what was so when it stopped.
 */
function toTell(alerts: readonly AlertRow[], look: DeploymentLook, pending: Pending): ToTell {
  const certain = alerts.filter(
    (alert) => look.covers(alert.rule) && !pending.closing.has(conditionKey(alert)),
  );
  const [open, over] = [certain.filter(isOpen), certain.filter((alert) => !isOpen(alert))];
  return {
    open: open.filter(({ isOpenTold }) => !isOpenTold).map(asTold),
    resolved: over.filter(({ isOpenTold }) => isOpenTold).map(asTold),
    passed: over.filter(({ isOpenTold }) => !isOpenTold).map(asTold),
  };
}

function isOpen({ closedMs }: AlertRow): boolean {
  return closedMs === null;
}

function asTold({ alertId, rule, subject, name, why, sinceMs, closedMs, end }: AlertRow): AlertToTell {
  return { alertId, rule, subject, name, why, sinceMs, endedMs: closedMs, end };
}

function messageOf(
  told: ToTell,
  state: AlertState,
  settings: AlertSettings,
  frame: RoundFrame,
): AlertChange['tell'] {
  const over = [...told.resolved, ...told.passed].map(({ alertId }) => alertId);
  const open = told.open.map(({ alertId }) => alertId);
  if (open.length + over.length === 0) return null;
  const ids = new Set([...open, ...over]);
  const moments = state.alerts
    .filter(({ alertId }) => ids.has(alertId))
    .map(({ closedMs, openedMs }) => closedMs ?? openedMs);
  const oldestMs = moments.reduce((oldest, atMs) => Math.min(oldest, atMs), Number.POSITIVE_INFINITY);
  if (!isMessageDue({ oldestMs, toldMs: state.toldMs }, settings, frame.nowMs)) return null;
  return { messages: messagesOf(told, settings, frame), open, over };
}

/** One message for all destinations that are told the same; none for those whom nothing of it concerns. */
function messagesOf(
  told: ToTell,
  settings: AlertSettings,
  { destinations, nowMs, base, deployment }: RoundFrame,
): NonNullable<AlertChange['tell']>['messages'] {
  const alike = new Map<string, { rules: Destination['rules']; destinationIds: string[] }>();
  for (const { destinationId, rules } of destinations) {
    const key = JSON.stringify(rules);
    const same = alike.get(key);
    if (same) same.destinationIds.push(destinationId);
    else alike.set(key, { rules, destinationIds: [destinationId] });
  }
  return [...alike.values()].flatMap(({ rules, destinationIds }) => {
    const concerns = ({ rule }: AlertToTell) => rules === null || rules.includes(rule);
    const theirs = {
      open: told.open.filter(concerns),
      resolved: told.resolved.filter(concerns),
      passed: told.passed.filter(concerns),
    };
    if (Object.values(theirs).every((part) => part.length === 0)) return [];
    const message = composeMessage(theirs, { deployment, base, zone: settings.zone, atMs: nowMs });
    return [{ message, destinationIds }];
  });
}
