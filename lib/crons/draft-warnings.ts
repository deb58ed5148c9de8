import type { CronDraft } from './cron-draft';
import type { DraftPreview } from './draft-preview';
import { hostReach } from './private-host';
import { scheduleRemarks } from './schedule-remarks';
import { mixesContextAndConfiguration } from './valid-draft';

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
export const oftenMs = 5 * minuteMs;

/** Something worth a second thought: what, why, and where possible a change that resolves it. */
export type DraftWarning = {
  readonly code: string;
  /** `info`: good to know. `warn`: probably not meant, or costly. */
  readonly tone: 'info' | 'warn';
  readonly title: string;
  readonly reason: string;
  readonly fixes: readonly { readonly label: string; readonly change: Partial<CronDraft> }[];
};

/** What is known around the draft; null where it is not. */
export type WarningFacts = {
  readonly preview: DraftPreview;
  readonly nowMs: number;
  readonly viewerZone: string;
  /** How long a run took, from a trial or from earlier runs. */
  readonly runMs: number | null;
  readonly costAMonth: { readonly amount: number; readonly text: string } | null;
  readonly budgetAMonth: { readonly amount: number; readonly text: string } | null;
  /** What in the input does not fit the assistant's schema. */
  readonly misfits: readonly string[];
  readonly serverKnowsZones: boolean;
};

type Rule = (draft: CronDraft, facts: WarningFacts) => DraftWarning | readonly DraftWarning[] | null;

/** Everything to say about a draft, the costly first. */
export function draftWarnings(draft: CronDraft, facts: WarningFacts): readonly DraftWarning[] {
  const found = rules.flatMap((rule) => rule(draft, facts) ?? []);
  return [...found.filter((one) => one.tone === 'warn'), ...found.filter((one) => one.tone === 'info')];
}

function lengthText(ms: number): string {
  if (ms < minuteMs) return `${Math.max(1, Math.round(ms / 1000))} s`;
  const minutes = ms / minuteMs;
  return minutes < 60 ? `${Number(minutes.toFixed(1))} min` : `${Number((minutes / 60).toFixed(1))} h`;
}

const tooOften: Rule = ({ schedules }, { preview: { shortestMs, aMonth } }) => {
  if (shortestMs === null || shortestMs >= oftenMs) return null;
  const fixes = [15, 60].map((every) => ({
    label: every === 60 ? 'Every hour' : `Every ${every} minutes`,
    change: { schedules: [every === 60 ? '0 * * * *' : `*/${every} * * * *`] },
  }));
  return {
    code: 'too-often',
    tone: 'warn',
    title: `It runs every ${lengthText(shortestMs)}.`,
    reason: `That is ${Math.round(aMonth).toLocaleString('en')} runs a month, and each one is paid for.`,
    fixes: schedules.length === 1 ? fixes : [],
  };
};

const fasterThanRun: Rule = ({ target }, { preview: { shortestMs }, runMs }) => {
  if (shortestMs === null || runMs === null || runMs < shortestMs) return null;
  const waits = target.kind !== 'new-thread';
  return {
    code: 'faster-than-run',
    tone: 'warn',
    title: `A run takes ${lengthText(runMs)}, but starts every ${lengthText(shortestMs)}.`,
    reason: waits
      ? 'Runs on one thread wait for each other, so they pile up without end.'
      : 'More and more of them run at the same time.',
    fixes: waits ? [{ label: 'Skip runs while one is busy', change: { multitask: 'reject' as const } }] : [],
  };
};

const never: Rule = (_draft, { preview }) =>
  preview.state !== 'never'
    ? null
    : {
        code: 'never',
        tone: 'warn',
        title: 'It never runs.',
        reason: 'No day has all that the schedule asks for, like a 30th of February. Servers may refuse it.',
        fixes: [],
      };

const ended: Rule = (_draft, { preview }) =>
  preview.state !== 'ended'
    ? null
    : {
        code: 'ended',
        tone: 'warn',
        title: 'It ends before its first run.',
        reason: 'A cron whose end has passed stays in the list and does nothing.',
        fixes: [{ label: 'Take the end away', change: { end: { kind: 'never' } } }],
      };

const rare: Rule = (_draft, { preview }) =>
  preview.state !== 'runs' || preview.aDay * 365 >= 1.5
    ? null
    : {
        code: 'rare',
        tone: 'info',
        title: 'It runs once a year or less.',
        reason: 'Keys, prompts and assistants change in a year: nobody will remember this cron when it runs.',
        fixes: [],
      };

const bothParts: Rule = (draft) =>
  !mixesContextAndConfiguration(draft)
    ? null
    : {
        code: 'context-and-configuration',
        tone: 'warn',
        title: 'Context and configuration are both set.',
        reason: 'The server accepts such a cron and then fails at every run, where nobody sees it.',
        fixes: [
          { label: 'Empty the configuration', change: { configurable: '' } },
          { label: 'Empty the context', change: { context: '' } },
        ],
      };

const privateWebhook: Rule = ({ webhook }) => {
  const reach = webhook === '' ? 'public' : hostReach(webhook);
  switch (reach) {
    case 'public':
      return null;
    case 'private':
      return {
        code: 'private-webhook',
        tone: 'warn',
        title: 'The webhook is a private address.',
        reason:
          'It is only called if the server can reach it from where it stands. Check that it is in the same network.',
        fixes: [{ label: 'Take the webhook away', change: { webhook: '' } }],
      };
    case 'loopback':
      return {
        code: 'private-webhook',
        tone: 'warn',
        title: 'The webhook points to the server itself.',
        reason: 'Servers refuse such addresses unless their configuration allows it.',
        fixes: [{ label: 'Take the webhook away', change: { webhook: '' } }],
      };
  }
};

const deletedTooSoon: Rule = ({ target, webhook, interruptBefore, interruptAfter }) => {
  if (target.kind !== 'new-thread' || target.afterRun !== 'delete') return null;
  const fixes = [
    {
      label: 'Keep the threads',
      change: { target: { kind: 'new-thread' as const, afterRun: 'keep' as const } },
    },
  ];
  const stops = interruptBefore.length > 0 || interruptAfter.length > 0;
  const found: DraftWarning[] = [];
  if (stops)
    found.push({
      code: 'stop-deleted',
      tone: 'warn',
      title: 'A run that stops is deleted with its thread.',
      reason: 'It waits for somebody, but nothing is left that could be continued.',
      fixes,
    });
  if (webhook !== '')
    found.push({
      code: 'webhook-empty',
      tone: 'info',
      title: 'The webhook tells how a run ended, not what it said.',
      reason: 'The thread is gone by the time the webhook is called.',
      fixes,
    });
  return found;
};

const endless: Rule = ({ end }, { preview, costAMonth, nowMs }) => {
  const dear = costAMonth === null ? preview.aDay >= 96 : costAMonth.amount >= 50;
  if (end.kind !== 'never' || preview.state !== 'runs' || !dear) return null;
  const runs = `${Math.round(preview.aMonth).toLocaleString('en')} runs`;
  return {
    code: 'endless',
    tone: 'info',
    title: 'It has no end date.',
    reason: `${costAMonth === null ? runs : `About ${costAMonth.text}`} a month go on until somebody stops it.`,
    fixes: [
      {
        label: 'End it in 30 days',
        change: { end: { kind: 'at', atMs: Math.ceil((nowMs + 30 * dayMs) / dayMs) * dayMs } },
      },
    ],
  };
};

const overBudget: Rule = (_draft, { costAMonth, budgetAMonth }) =>
  costAMonth === null || budgetAMonth === null || costAMonth.amount <= budgetAMonth.amount
    ? null
    : {
        code: 'over-budget',
        tone: 'warn',
        title: `It costs about ${costAMonth.text} a month.`,
        reason: `That is more than what is left of the monthly budget (${budgetAMonth.text}).`,
        fixes: [],
      };

const misfit: Rule = (_draft, { misfits }) =>
  misfits.length === 0
    ? null
    : {
        code: 'input-misfit',
        tone: 'warn',
        title: 'The input does not fit what the assistant takes.',
        reason: `${misfits.slice(0, 3).join(' ')} You may save it all the same.`,
        fixes: [],
      };

const utcOnly: Rule = (_draft, { serverKnowsZones }) =>
  serverKnowsZones
    ? null
    : {
        code: 'utc-only',
        tone: 'info',
        title: 'This server knows only UTC.',
        reason: 'By your clock every run will move by an hour when daylight saving begins or ends.',
        fixes: [],
      };

const rules: readonly Rule[] = [
  tooOften,
  fasterThanRun,
  never,
  ended,
  bothParts,
  misfit,
  overBudget,
  privateWebhook,
  deletedTooSoon,
  scheduleRemarks,
  endless,
  rare,
  utcOnly,
];
