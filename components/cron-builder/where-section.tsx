'use client';
import { useController } from 'react-hook-form';
import { RadioCards, type RadioCard } from '@/components/ui/radio-cards';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { CronDraft } from '@/lib/crons/cron-draft';
import type { DeploymentInfo } from '@/lib/crons/deployment';
import { usualKeepDays } from '@/lib/crons/keep-days';
import { useBuilder, useDraftForm } from './builder-context';
import { BuilderSection } from './builder-section';
import { issueText } from './issue-text';
import { ThreadPicker } from './thread-picker';

type Target = CronDraft['target'];
type Choice = 'keep' | 'measure' | 'delete' | 'reused-thread' | 'thread';

function choiceOf(target: Target, keepDays: number | null): Choice {
  if (target.kind !== 'new-thread') return target.kind;
  return target.afterRun === 'keep' && keepDays !== null ? 'measure' : target.afterRun;
}

function targetOf(choice: Choice, threadId: string): Target {
  switch (choice) {
    case 'keep':
    case 'measure':
      return { kind: 'new-thread', afterRun: 'keep' };
    case 'delete':
      return { kind: 'new-thread', afterRun: 'delete' };
    case 'reused-thread':
      return { kind: 'reused-thread' };
    case 'thread':
      return { kind: 'thread', threadId };
  }
}

/** Where the runs of the cron happen, each answer with what follows from it. */
export function WhereSection() {
  const { control } = useDraftForm();
  const { opened, deployment } = useBuilder();
  const { field, formState } = useController({ control, name: 'target' });
  const days = useController({ control, name: 'keepDays' }).field;
  const target = field.value;
  const threadId = target.kind === 'thread' ? target.threadId : '';
  const picker = (
    <ThreadPicker
      value={threadId}
      onChange={(id) => field.onChange({ kind: 'thread', threadId: id })}
      onBlur={field.onBlur}
      error={issueText(formState.errors, 'target')}
    />
  );
  const remembered = opened?.target.kind === 'thread' ? opened.target.threadId : '';
  return (
    <BuilderSection title="Where">
      <RadioCards<Choice>
        label="Where the runs happen"
        value={choiceOf(target, days.value)}
        onChange={(choice) => {
          field.onChange(targetOf(choice, remembered));
          days.onChange(choice === 'measure' ? (opened?.keepDays ?? usualKeepDays) : null);
        }}
        onBlur={field.onBlur}
        cards={cards(picker, deployment).filter(({ value }) => value !== 'measure' || canProve(deployment))}
      />
    </BuilderSection>
  );
}

/** Only these servers say with each run which cron fired it; elsewhere no thread could ever be deleted. */
function canProve({ server }: DeploymentInfo): boolean {
  return server?.kind === 'langgraph' || server?.kind === 'crondeck-engine';
}

/** After how many days a measured thread goes. */
function DaysField() {
  const { control } = useDraftForm();
  const { field, formState } = useController({ control, name: 'keepDays' });
  return (
    <Field
      label="Days until a measured thread is deleted"
      error={issueText(formState.errors, 'keepDays')}
      hint="Crondeck deletes while it runs, and only threads on which every run is provably this cron's."
    >
      <Input
        className="max-w-28"
        inputMode="numeric"
        value={field.value === null || Number.isNaN(field.value) ? '' : String(field.value)}
        onChange={({ target: { value } }) => field.onChange(value.trim() === '' ? Number.NaN : Number(value))}
        onBlur={field.onBlur}
      />
    </Field>
  );
}

function cards(picker: React.ReactNode, { server }: DeploymentInfo): readonly RadioCard<Choice>[] {
  const cost =
    server?.kind === 'crondeck-engine' ? 'its cost is measured before that' : 'its cost cannot be measured';
  return [
    {
      value: 'keep',
      title: 'A new thread each run, kept',
      text: 'Every answer can be read later and its cost measured. Threads pile up until somebody deletes them.',
    },
    {
      value: 'measure',
      title: 'A new thread each run, kept until measured',
      text: 'Crondeck reads answer, error and cost, keeps the thread for some days, then deletes it.',
      more: <DaysField />,
    },
    {
      value: 'delete',
      title: 'A new thread each run, deleted afterwards',
      text: `Nothing to tidy up. The answer is only seen by whatever the agent sends it to; ${cost}.`,
    },
    {
      value: 'reused-thread',
      title: 'One new thread, used by every run',
      text: 'The agent remembers earlier runs. Each run reads all of them again, so it costs more from run to run.',
    },
    {
      value: 'thread',
      title: 'A thread that exists',
      text: 'Runs join a conversation that is already there and see all of it; they wait while the thread is busy.',
      more: picker,
    },
  ];
}
