import type { AlertRule } from './alert-settings';

/** How a condition came to its end. `passed`: the end date it warned of. */
export const alertEnds = ['over', 'deleted', 'paused', 'passed'] as const;
export type AlertEnd = (typeof alertEnds)[number];

type RuleWords = {
  /** What the switch of the rule says. */
  readonly title: string;
  readonly hint: string;
  /** One thing in this state; `name` is a cron, an assistant or the deployment. */
  readonly one: (name: string) => string;
  readonly many: (count: number) => string;
  readonly overOne: (name: string) => string;
  readonly overMany: (count: number) => string;
  /** The next step for whoever reads the message. */
  readonly todo: string;
};

export const alertWords: Readonly<Record<AlertRule, RuleWords>> = {
  'deployment-down': {
    title: 'The deployment does not answer',
    hint: 'Crondeck cannot reach it, or its key is refused. Nothing can be said about its crons meanwhile.',
    one: (name) => `${name} does not answer`,
    many: (count) => `${count} deployments do not answer`,
    overOne: (name) => `${name} answers again`,
    overMany: (count) => `${count} deployments answer again`,
    todo: 'Check that the deployment runs and that its address and key are right. Crons that were due are judged when it answers again.',
  },
  'scheduler-down': {
    title: 'The scheduler has stopped',
    hint: 'Nothing that was due has started. The crons themselves are fine.',
    one: (name) => `The scheduler of ${name} has stopped`,
    many: (count) => `${count} schedulers have stopped`,
    overOne: (name) => `The scheduler of ${name} starts crons again`,
    overMany: (count) => `${count} schedulers start crons again`,
    todo: 'Look at the deployment: its scheduler has to be started again, or the cron that stops it changed.',
  },
  failing: {
    title: 'A cron fails',
    hint: 'Its runs end with an error, run into their time limit, or are refused.',
    one: (name) => `${name} is failing`,
    many: (count) => `${count} crons are failing`,
    overOne: (name) => `${name} works again`,
    overMany: (count) => `${count} crons work again`,
    todo: 'Open its runs to see the error. Pause it if it cannot be put right soon: failed runs are paid for.',
  },
  overdue: {
    title: 'A cron is overdue',
    hint: 'It was due and has not started, although the scheduler works.',
    one: (name) => `${name} is overdue`,
    many: (count) => `${count} crons are overdue`,
    overOne: (name) => `${name} has been started again`,
    overMany: (count) => `${count} crons have been started again`,
    todo: 'Open it to see when it was due. What it missed is not made up for: run it once by hand if the result is needed.',
  },
  'waiting-for-human': {
    title: 'A run waits for a human',
    hint: 'It stopped to ask, and nobody has answered yet.',
    one: (name) => `${name} waits for a human`,
    many: (count) => `${count} crons wait for a human`,
    overOne: (name) => `${name} does not wait any more`,
    overMany: (count) => `${count} crons do not wait any more`,
    todo: 'Open its thread and answer the question; until then the work behind it is not done.',
  },
  budget: {
    title: 'A budget is passed',
    hint: 'The cost of the next 30 days is projected to pass it. Nothing is stopped by this.',
    one: (name) => `The budget of ${name} is passed`,
    many: (count) => `${count} budgets are passed`,
    overOne: (name) => `${name} is within its budget again`,
    overMany: (count) => `${count} budgets are kept again`,
    todo: 'Look at the crons that cost most: pause one, run it less often, or raise the budget in Settings.',
  },
  'ending-soon': {
    title: 'A cron ends soon',
    hint: 'Its end date is near; after it, it does not run any more.',
    one: (name) => `${name} ends soon`,
    many: (count) => `${count} crons end soon`,
    overOne: (name) => `${name} does not end soon any more`,
    overMany: (count) => `${count} crons do not end soon any more`,
    todo: 'Move its end date if it should go on.',
  },
};

/** Why a condition is over, where it was not put right; empty where it was. */
export function endWords(end: AlertEnd): string {
  switch (end) {
    case 'over':
      return '';
    case 'deleted':
      return 'It was deleted.';
    case 'paused':
      return 'It was paused.';
    case 'passed':
      return 'Its end date has passed.';
  }
}
