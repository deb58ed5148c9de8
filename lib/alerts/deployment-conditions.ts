import { cleanText } from '@/lib/crons/clean-text';
import type { MonthOfAll } from '@/lib/crons/cron-cost';
import type { SchedulerState } from '@/lib/health/scheduler-state';
import { wholeDeployment, type Condition } from './condition';

/** What is known of a deployment beyond its single crons. */
export type DeploymentSubject = {
  readonly name: string;
  readonly scheduler: SchedulerState;
  /** Name of the active cron whose end date stops the scheduler, where that is the cause. */
  readonly cause: string | null;
  readonly month: Pick<MonthOfAll, 'budget' | 'assistants'>;
};

/** Everything about the deployment itself that somebody is to be told while it answers. */
export function deploymentConditions(deployment: DeploymentSubject): readonly Condition[] {
  const { month, name } = deployment;
  const whole = month.budget?.state === 'over' ? [budget(wholeDeployment, name, month.budget.sentence)] : [];
  const assistants = month.assistants
    .filter(({ state }) => state === 'over')
    .map((mark) => budget(mark.assistantId, mark.name, mark.sentence));
  return [...scheduler(deployment), ...whole, ...assistants];
}

/** The condition of a deployment that cannot be read, with what it answered, if anything. */
export function downCondition(name: string, message: string): Condition {
  return {
    rule: 'deployment-down',
    subject: wholeDeployment,
    name: cleanText(name),
    why: cleanText(message, 500),
    sinceMs: null,
    unsure: false,
  };
}

function scheduler({ name, scheduler: state, cause }: DeploymentSubject): readonly Condition[] {
  if (state.kind === 'working') return [];
  const crons = state.overdue === 1 ? '1 cron waits' : `${state.overdue} crons wait`;
  const why =
    cause === null
      ? `${crons}, and nothing that was due has started.`
      : `${crons}: the end date of the cron “${cleanText(cause)}” stops it.`;
  return [
    {
      rule: 'scheduler-down',
      subject: wholeDeployment,
      name: cleanText(name),
      why,
      sinceMs: state.lastSignMs,
      // One late cron alone does not tell whether it is the scheduler.
      unsure: state.kind === 'unclear',
    },
  ];
}

function budget(subject: string, name: string, sentence: string): Condition {
  return {
    rule: 'budget',
    subject,
    name: cleanText(name),
    why: cleanText(sentence, 500),
    sinceMs: null,
    unsure: false,
  };
}
