import { minuteMs, oftenMs, type Rule } from './warning';

function lengthText(ms: number): string {
  if (ms < minuteMs) return `${Math.max(1, Math.round(ms / 1000))} s`;
  const minutes = ms / minuteMs;
  return minutes < 60 ? `${Number(minutes.toFixed(1))} min` : `${Number((minutes / 60).toFixed(1))} h`;
}

export const tooOften: Rule = ({ schedules }, { preview: { shortestMs, aMonth } }) => {
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

export const fasterThanRun: Rule = ({ target }, { preview: { shortestMs }, runMs }) => {
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

export const never: Rule = (_draft, { preview }) =>
  preview.state !== 'never'
    ? null
    : {
        code: 'never',
        tone: 'warn',
        title: 'It never runs.',
        reason: 'No day has all that the schedule asks for, like a 30th of February. Servers may refuse it.',
        fixes: [],
      };

export const ended: Rule = (_draft, { preview }) =>
  preview.state !== 'ended'
    ? null
    : {
        code: 'ended',
        tone: 'warn',
        title: 'It ends before its first run.',
        reason: 'A cron whose end has passed stays in the list and does nothing.',
        fixes: [{ label: 'Take the end away', change: { end: { kind: 'never' } } }],
      };

export const rare: Rule = (_draft, { preview }) =>
  preview.state !== 'runs' || preview.aDay * 365 >= 1.5
    ? null
    : {
        code: 'rare',
        tone: 'info',
        title: 'It runs once a year or less.',
        reason: 'Keys, prompts and assistants change in a year: nobody will remember this cron when it runs.',
        fixes: [],
      };

export const utcOnly: Rule = (_draft, { serverKnowsZones }) =>
  serverKnowsZones
    ? null
    : {
        code: 'utc-only',
        tone: 'info',
        title: 'This server knows only UTC.',
        reason: 'By your clock every run will move by an hour when daylight saving begins or ends.',
        fixes: [],
      };
