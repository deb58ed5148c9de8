import { hostReach } from '../private-host';
import { mixesContextAndConfiguration } from '../valid-draft';
import type { DraftWarning, Rule } from './warning';

export const noInput: Rule = ({ input, target }) =>
  input.kind !== 'none' || target.kind === 'thread'
    ? null
    : {
        code: 'no-input',
        tone: 'warn',
        title: 'Without an input every run fails at once.',
        reason:
          'A new thread has nothing to go on from, so LangGraph answers “Received no input”. An empty object is enough for a graph that needs nothing.',
        fixes: [{ label: 'Send an empty object', change: { input: { kind: 'json', text: '{}' } } }],
      };

export const bothParts: Rule = (draft) =>
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

export const misfit: Rule = (_draft, { misfits }) =>
  misfits.length === 0
    ? null
    : {
        code: 'input-misfit',
        tone: 'warn',
        title: 'The input does not fit what the assistant takes.',
        reason: `${misfits.slice(0, 3).join(' ')} You may save it all the same.`,
        fixes: [],
      };

export const privateWebhook: Rule = ({ webhook }) => {
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

export const deletedTooSoon: Rule = ({ target, webhook, interruptBefore, interruptAfter }) => {
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
