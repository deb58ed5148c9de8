'use client';
import { Field } from '@/components/ui/field';
import { Note } from '@/components/ui/note';
import { Select } from '@/components/ui/select';
import type { FaceProps } from './face-props';
import { PresetDetails } from './preset-details';
import {
  expressionToPreset,
  presetLabels,
  presetOfKind,
  presetToExpression,
  type PresetKind,
} from './schedule-preset';

const options = Object.entries(presetLabels).map(([value, label]) => ({ value: value as PresetKind, label }));

/** The usual rhythms, to be picked. What is more than that is said and left alone. */
export function PresetFace({ schedules, onChange, error }: FaceProps) {
  const preset = schedules.length === 1 ? expressionToPreset(schedules[0] ?? '') : null;
  return (
    <div className="flex flex-col gap-3">
      {preset === null && schedules.some((text) => text.trim() !== '') && (
        <Note>
          <span className="mono">{schedules.join(' and ')}</span> says more than can be picked here. It stays
          as it is until you pick something.
        </Note>
      )}
      <Field label="How often" error={error}>
        <Select<PresetKind>
          options={options}
          value={preset?.kind ?? null}
          placeholder="Pick a rhythm"
          onChange={(kind) => onChange([presetToExpression(presetOfKind(kind, preset))])}
        />
      </Field>
      {preset && <PresetDetails preset={preset} onChange={(next) => onChange([presetToExpression(next)])} />}
    </div>
  );
}
