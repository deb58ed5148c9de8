'use client';
import { useController, useWatch } from 'react-hook-form';
import { zoneCity } from '@/components/ui/format-instant';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { isServerZone } from '@/lib/schedule/zone';
import { useDraftForm } from './builder-context';
import { issueText } from './issue-text';
import { fromWallText, toWallText } from './wall-time';

/** When the cron stops by itself, in its own zone; empty is never. */
export function EndField() {
  const { control } = useDraftForm();
  const chosen = useWatch({ control, name: 'zone' });
  const zone = isServerZone(chosen) ? chosen : 'UTC';
  const { field, formState } = useController({ control, name: 'end' });
  const { ref, value: end, onChange, onBlur } = field;
  const hint =
    end.kind === 'never'
      ? 'Never, unless you give a date.'
      : end.kind === 'unreadable'
        ? `The server holds "${end.text}", which is not a date. Give one to overwrite it.`
        : `Clock time in ${zoneCity(zone)}. No run after it.`;
  return (
    <Field label="Ends" optional error={issueText(formState.errors, 'end')} hint={hint}>
      <Input
        type="datetime-local"
        ref={ref}
        value={end.kind === 'at' && Number.isFinite(end.atMs) ? toWallText(end.atMs, zone) : ''}
        onChange={(event) => {
          const atMs = fromWallText(event.target.value, zone);
          onChange(atMs === null ? { kind: 'never' } : { kind: 'at', atMs });
        }}
        onBlur={onBlur}
      />
    </Field>
  );
}
