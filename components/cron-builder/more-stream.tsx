'use client';
import { useController } from 'react-hook-form';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import { streamModes, type CronDraft } from '@/lib/crons/cron-draft';
import { useDraftForm } from './builder-context';

type Durability = NonNullable<CronDraft['durability']> | 'default';
type Mode = CronDraft['streamModes'][number];

const durabilityOptions: readonly { value: Durability; label: string; hint?: string }[] = [
  { value: 'default', label: "The server's default (in the background)" },
  { value: 'async', label: 'In the background', hint: 'State is saved while the next step already runs.' },
  { value: 'sync', label: 'Before each step', hint: 'Slower; nothing is lost if the server stops.' },
  { value: 'exit', label: 'Only at the end', hint: 'Fastest; a run that is cut off leaves nothing.' },
];

/** How state is saved and what a listener can follow while a run goes on. */
export function MoreStream() {
  const { control } = useDraftForm();
  const durability = useController({ control, name: 'durability' }).field;
  const modes = useController({ control, name: 'streamModes' }).field;
  const subgraphs = useController({ control, name: 'streamSubgraphs' }).field;
  const resumable = useController({ control, name: 'streamResumable' }).field;
  const toggle = (mode: Mode, on: boolean) =>
    modes.onChange(streamModes.filter((known) => (known === mode ? on : modes.value.includes(known))));
  return (
    <>
      <Field label="When state is saved">
        <Select<Durability>
          options={durabilityOptions}
          value={durability.value ?? 'default'}
          onChange={(value) => durability.onChange(value === 'default' ? null : value)}
        />
      </Field>
      <fieldset>
        <legend className="mb-1 text-sm text-ink-2">What can be streamed (none chosen: values)</legend>
        <div className="grid grid-cols-3 gap-x-4 max-md:grid-cols-2">
          {streamModes.map((mode) => (
            <Checkbox key={mode} checked={modes.value.includes(mode)} onChange={(on) => toggle(mode, on)}>
              {mode}
            </Checkbox>
          ))}
        </div>
      </fieldset>
      <Switch checked={subgraphs.value} onChange={subgraphs.onChange}>
        Stream subgraphs too
      </Switch>
      <Switch
        checked={resumable.value}
        onChange={resumable.onChange}
        hint="A listener that was cut off can go on where it was."
      >
        Resumable stream
      </Switch>
    </>
  );
}
