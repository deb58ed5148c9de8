'use client';
import { useController, useWatch } from 'react-hook-form';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import type { CronDraft } from '@/lib/crons/cron-draft';
import { useBuilder, useDraftForm } from './builder-context';
import { issueText } from './issue-text';
import { StopPoints } from './stop-points';
import { TagInput } from './tag-input';

type Busy = NonNullable<CronDraft['multitask']> | 'default';

const busyOptions: readonly { value: Busy; label: string; hint?: string }[] = [
  { value: 'default', label: "The server's default (queue)" },
  {
    value: 'enqueue',
    label: 'Queue',
    hint: 'Runs wait for each other; they pile up if each takes too long.',
  },
  { value: 'reject', label: 'Skip', hint: 'The run is left out, and nobody is told.' },
  {
    value: 'interrupt',
    label: 'Interrupt',
    hint: 'The run in progress is stopped and keeps what it has done.',
  },
  { value: 'rollback', label: 'Roll back', hint: 'The run in progress is stopped and undone.' },
];

/** How a run goes: who hears of its end, where it stops, what it may not exceed. */
export function MoreRun() {
  const { control, register, formState, setValue } = useDraftForm();
  const target = useWatch({ control, name: 'target' });
  const runTags = useController({ control, name: 'runTags' });
  const limit = useController({ control, name: 'recursionLimit' });
  const multitask = useController({ control, name: 'multitask' });
  const report = useController({ control, name: 'report' }).field;
  const { deployment } = useBuilder();
  return (
    <>
      <Field
        label="Webhook"
        error={issueText(formState.errors, 'webhook')}
        hint="Called when a run has ended, with its status. If the thread is deleted afterwards, without its output."
      >
        <Input type="url" placeholder="https://example.com/hook" {...register('webhook')} />
      </Field>
      {(deployment.canReport || report.value) && (
        <Switch
          checked={report.value}
          onChange={report.onChange}
          hint="Crondeck hears how each run ended, also where its thread is deleted, and passes the report on to the webhook above."
        >
          Runs report to Crondeck
        </Switch>
      )}
      <div className="grid grid-cols-2 gap-3.5 max-md:grid-cols-1">
        <StopPoints name="interruptBefore" label="Stop before" />
        <StopPoints name="interruptAfter" label="Stop after" />
      </div>
      <div className="grid grid-cols-2 gap-3.5 max-md:grid-cols-1">
        <Field
          label="Step limit"
          error={issueText(formState.errors, 'recursionLimit')}
          hint="Stops an agent that runs in circles."
        >
          <Input
            inputMode="numeric"
            placeholder="the server's default"
            value={limit.field.value === null ? '' : String(limit.field.value)}
            onChange={(event) => limit.field.onChange(readCount(event.target.value))}
            onBlur={limit.field.onBlur}
          />
        </Field>
        <Field
          label="Run tags"
          error={issueText(formState.errors, 'runTags')}
          hint="For tracing; the cron's own tags stand above."
        >
          <TagInput
            value={runTags.field.value}
            onChange={runTags.field.onChange}
            onBlur={runTags.field.onBlur}
          />
        </Field>
      </div>
      {target.kind !== 'new-thread' && (
        <Field label="When the thread is busy" error={issueText(formState.errors, 'multitask')}>
          <Select<Busy>
            options={busyOptions}
            value={multitask.field.value ?? 'default'}
            onChange={(value) =>
              setValue('multitask', value === 'default' ? null : value, { shouldDirty: true })
            }
          />
        </Field>
      )}
    </>
  );
}

/** Empty is "not set"; what is not a number stays visible as NaN and is refused with words. */
function readCount(text: string): number | null {
  return text.trim() === '' ? null : Number(text);
}
