'use client';
import { useWatch } from 'react-hook-form';
import { Tabs } from '@/components/ui/tabs';
import { useBuilder, useDraftForm } from './builder-context';
import { CardNotes } from './card-notes';
import { CodePanel } from './code-panel';
import { CostLine } from './cost-line';
import { LiveCard } from './live-card';
import { usePreview } from './preview-context';
import { useDraftCost } from './use-draft-cost';
import type { Trial } from '@/lib/crons/trial';
import { TrialPanel } from './trial-panel';

export type Side = 'preview' | 'trial' | 'code';

type Props = {
  side: Side;
  onSide: (side: Side) => void;
  trial: Trial | null;
  onStart: (onThread: boolean) => void;
  onStop: () => void;
};

/** Beside the form: what it will do, a trial of it, the same as code. */
export function BuilderSide({ side, onSide, trial, onStart, onStop }: Props) {
  const runMs = trial?.state === 'done' && trial.endedMs !== null ? trial.endedMs - trial.startedMs : null;
  return (
    <Tabs<Side>
      label="Beside the form"
      value={side}
      onChange={onSide}
      tabs={[
        { value: 'preview', label: 'What it will do', content: <Preview runMs={runMs} /> },
        {
          value: 'trial',
          label: 'Try it',
          content: <TrialPanel trial={trial} onStart={onStart} onStop={onStop} />,
        },
        { value: 'code', label: 'As code', content: <CodePanel /> },
      ]}
    />
  );
}

function Preview({ runMs }: { runMs: number | null }) {
  const { control } = useDraftForm();
  const { viewerZone } = useBuilder();
  const { aMonth } = useDraftCost();
  const zone = useWatch({ control, name: 'zone' });
  return (
    <LiveCard
      {...usePreview()}
      zone={zone}
      viewerZone={viewerZone}
      notes={<CardNotes runMs={runMs} />}
      costAMonth={aMonth?.text ?? null}
      cost={<CostLine />}
    />
  );
}
