'use client';
import { useController } from 'react-hook-form';
import { RadioCards, type RadioCard } from '@/components/ui/radio-cards';
import type { CronDraft } from '@/lib/crons/cron-draft';
import { useBuilder, useDraftForm } from './builder-context';
import { BuilderSection } from './builder-section';
import { issueText } from './issue-text';
import { ThreadPicker } from './thread-picker';

type Target = CronDraft['target'];
type Choice = 'keep' | 'delete' | 'reused-thread' | 'thread';

function choiceOf(target: Target): Choice {
  return target.kind === 'new-thread' ? target.afterRun : target.kind;
}

function targetOf(choice: Choice, threadId: string): Target {
  switch (choice) {
    case 'keep':
    case 'delete':
      return { kind: 'new-thread', afterRun: choice };
    case 'reused-thread':
      return { kind: 'reused-thread' };
    case 'thread':
      return { kind: 'thread', threadId };
  }
}

/** Where the runs of the cron happen, each answer with what follows from it. */
export function WhereSection() {
  const { control } = useDraftForm();
  const { opened } = useBuilder();
  const { field, formState } = useController({ control, name: 'target' });
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
        value={choiceOf(target)}
        onChange={(choice) => field.onChange(targetOf(choice, remembered))}
        onBlur={field.onBlur}
        cards={cards(picker)}
      />
    </BuilderSection>
  );
}

function cards(picker: React.ReactNode): readonly RadioCard<Choice>[] {
  return [
    {
      value: 'keep',
      title: 'A new thread each run, kept',
      text: 'Every answer can be read later and its cost measured. Threads pile up until somebody deletes them.',
    },
    {
      value: 'delete',
      title: 'A new thread each run, deleted afterwards',
      text: 'Nothing to tidy up. The answer is only seen by whatever the agent sends it to; its cost cannot be measured.',
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
