import { failedStatuses } from '@/lib/crons/run';
import { alertRules, type AlertRule } from './alert-settings';
import { alertWords, endWords, type AlertEnd } from './alert-words';
import type { AlertGroup, AlertGroupState, AlertItem, AlertMessage } from './alert-message';
import { wholeDeployment } from './condition';

/** So many of a kind are named; the others are counted. */
const named = 5;
const headingsInTitle = 3;

/** An alert that somebody is to be told about. Instants are epoch ms. */
export type AlertToTell = {
  readonly alertId: number;
  readonly rule: AlertRule;
  readonly subject: string;
  readonly name: string;
  readonly why: string;
  /** Since when it is so, where that is known; else when it was noticed. */
  readonly sinceMs: number;
  readonly endedMs: number | null;
  readonly end: AlertEnd | null;
};

export type ToTell = Readonly<Record<AlertGroupState, readonly AlertToTell[]>>;

export type MessageFrame = {
  readonly deployment: { readonly id: string; readonly name: string };
  /** Where people reach the dashboard, without a slash at the end. */
  readonly base: string;
  readonly zone: string;
  readonly atMs: number;
};

const states: readonly AlertGroupState[] = ['open', 'resolved', 'passed'];

/** One message about everything that is to be told: what is open first, each kind once, however many crons it has. */
export function composeMessage(told: ToTell, frame: MessageFrame): AlertMessage {
  const groups = states.flatMap((state) =>
    alertRules.flatMap((rule) => {
      const alerts = told[state].filter((alert) => alert.rule === rule);
      return alerts.length === 0 ? [] : [groupOf(state, rule, alerts, frame)];
    }),
  );
  const { deployment, zone, atMs } = frame;
  const link = pagePath(frame);
  return { kind: 'alert', deployment: { ...deployment, link }, title: titleOf(groups), atMs, zone, groups };
}

/** The address of a page of the deployment. */
export function pagePath(
  { base, deployment }: Pick<MessageFrame, 'base'> & { readonly deployment: { readonly id: string } },
  path = 'crons',
): string {
  return `${base}/${deployment.id}/${path}`;
}

function groupOf(
  state: AlertGroupState,
  rule: AlertRule,
  alerts: readonly AlertToTell[],
  frame: MessageFrame,
): AlertGroup {
  return {
    state,
    rule,
    heading: headingOf(state, rule, alerts),
    count: alerts.length,
    items: alerts.slice(0, named).map((alert) => itemOf(alert, frame)),
    link: pagePath(frame, listPaths[rule]),
    todo: state === 'open' ? alertWords[rule].todo : '',
  };
}

function headingOf(state: AlertGroupState, rule: AlertRule, alerts: readonly AlertToTell[]): string {
  const words = alertWords[rule];
  const [only] = alerts;
  const single = alerts.length === 1 && only !== undefined ? only : null;
  switch (state) {
    case 'open':
      return single ? words.one(single.name) : words.many(alerts.length);
    case 'resolved':
      if (single === null) return words.overMany(alerts.length);
      return single.end === 'over' ? words.overOne(single.name) : `${words.one(single.name)}: over`;
    case 'passed':
      return `Came and went: ${single ? words.one(single.name) : words.many(alerts.length)}`;
  }
}

function itemOf(alert: AlertToTell, frame: MessageFrame): AlertItem {
  const { subject, rule, name, sinceMs, endedMs, end } = alert;
  const isCron = subject !== wholeDeployment && rule !== 'budget';
  const ended = end === null || end === 'over' ? '' : endWords(end);
  return {
    cronId: isCron ? subject : null,
    name,
    why: endedMs === null ? alert.why : [alert.why, ended].filter((part) => part !== '').join(' '),
    // Of an end date only the date matters, and not when it was noticed.
    sinceMs: rule === 'ending-soon' ? null : sinceMs,
    untilMs: rule === 'ending-soon' ? null : endedMs,
    link: pagePath(frame, isCron ? `crons/${subject}` : listPaths[rule]),
  };
}

/** Where all crons of a rule are listed. */
const listPaths: Readonly<Record<AlertRule, string>> = {
  'deployment-down': 'settings',
  'scheduler-down': 'cleanup',
  failing: `runs?status=${failedStatuses.join(',')}`,
  overdue: 'crons?finding=overdue',
  'waiting-for-human': 'crons?finding=waiting-for-human',
  budget: 'crons?sort=cost&order=desc',
  'ending-soon': 'crons?sort=end&order=asc',
};

function titleOf(groups: readonly AlertGroup[]): string {
  const open = groups.filter(({ state }) => state === 'open');
  const shown = open.length > 0 ? open : groups;
  const first = shown.slice(0, headingsInTitle).map(({ heading }) => heading);
  const more = shown.length - first.length;
  const all = [...first, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return open.length === 0 && shown.some(({ state }) => state === 'resolved') ? `Resolved: ${all}` : all;
}
