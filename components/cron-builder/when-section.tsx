'use client';
import { useController } from 'react-hook-form';
import { Skeleton } from '@/components/ui/skeleton';
import { Switch } from '@/components/ui/switch';
import { Tabs } from '@/components/ui/tabs';
import { useBuilder, useDraftForm } from './builder-context';
import { BuilderSection } from './builder-section';
import { EndField } from './end-field';
import { ExpressionFace } from './expression-face';
import type { FaceProps } from './face-props';
import { issueText } from './issue-text';
import { PresetFace } from './preset-face';
import { usePreview } from './preview-context';
import { SentenceFace } from './sentence-face';
import { ZonePicker } from './zone-picker';
import { later } from '../ui/later';

// Its library of field classes is only needed by who opens this face.
const FieldsFace = later(
  () => import('./fields-face').then((module) => module.FieldsFace),
  <>
    <span className="sr-only">The fields are loading.</span>
    <Skeleton className="h-40 rounded-md" />
  </>,
);

export type Face = 'words' | 'pick' | 'fields' | 'expression';

type Props = { face: Face; onFace: (face: Face) => void; typed: string; onTyped: (text: string) => void };

/** When the cron runs: one list of expressions with four faces, its zone and its end. */
export function WhenSection({ face, onFace, typed, onTyped }: Props) {
  const { control } = useDraftForm();
  const { capabilities, deployment } = useBuilder();
  const { preview, nowMs } = usePreview();
  const { field, formState } = useController({ control, name: 'schedules' });
  const paused = useController({ control, name: 'paused' }).field;
  const faceProps: FaceProps = {
    schedules: field.value,
    onChange: field.onChange,
    onBlur: field.onBlur,
    parts: preview.parts,
    inputRef: field.ref,
    error: issueText(formState.errors, 'schedules'),
    secondsFirst: deployment.reading === 'seconds-first',
  };
  return (
    <BuilderSection title="When">
      <Tabs<Face>
        label="How to say when"
        value={face}
        onChange={onFace}
        tabs={[
          {
            value: 'words',
            label: 'In words',
            content: <SentenceFace {...faceProps} typed={typed} onTyped={onTyped} />,
          },
          { value: 'pick', label: 'Pick', content: <PresetFace {...faceProps} /> },
          { value: 'fields', label: 'Fields', content: <FieldsFace {...faceProps} /> },
          { value: 'expression', label: 'Expression', content: <ExpressionFace {...faceProps} /> },
        ]}
      />
      <div className="grid grid-cols-2 gap-3.5 max-md:grid-cols-1">
        <ZonePicker nowMs={nowMs} />
        <EndField />
      </div>
      {capabilities.enabled && (
        <Switch
          checked={paused.value}
          onChange={paused.onChange}
          hint="It is stored but does not run until somebody resumes it."
        >
          Paused
        </Switch>
      )}
    </BuilderSection>
  );
}
