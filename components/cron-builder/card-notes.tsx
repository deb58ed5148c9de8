'use client';
import { useMemo, useState } from 'react';
import { useWatch } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Note } from '@/components/ui/note';
import type { CronDraft } from '@/lib/crons/cron-draft';
import { readJson } from '@/lib/crons/draft-json';
import { draftToInput } from '@/lib/crons/draft-input';
import { draftWarnings } from '@/lib/crons/draft-warnings';
import type { DraftWarning } from '@/lib/crons/warnings/warning';
import { useBuilder, useDraftForm } from './builder-context';
import { schemaIssues } from './json-schema';
import { usePreview } from './preview-context';
import { useDraftCost } from './use-draft-cost';
import { useInputSchema } from './use-input-schema';

const shownAtFirst = 3;

/** What in the input does not fit the assistant's schema, in words. */
function useMisfits(draft: CronDraft): readonly string[] {
  const { schema } = useInputSchema(draft.assistantId);
  const { input } = draft;
  return useMemo(() => {
    const broken = input.kind === 'json' && readJson(input.text).kind !== 'json';
    const value = draftToInput(input);
    if (schema === null || broken || value === undefined) return [];
    return schemaIssues(schema, value).map(({ pointer, message }) =>
      `${pointer.slice(1).replaceAll('/', '.')} ${message}`.trim(),
    );
  }, [schema, input]);
}

/** Warnings about the draft, each with its reason and its ways out. `runMs`: how long the last trial took. */
export function CardNotes({ runMs }: { runMs: number | null }) {
  const { control, setValue, formState } = useDraftForm();
  const { capabilities, viewerZone } = useBuilder();
  const { preview, nowMs } = usePreview();
  const draft = useWatch({ control }) as CronDraft;
  const misfits = useMisfits(draft);
  const cost = useDraftCost();
  const [all, setAll] = useState(false);
  const warnings = draftWarnings(draft, {
    preview,
    nowMs,
    viewerZone,
    runMs,
    costAMonth: cost.aMonth,
    budgetAMonth: cost.budgetLeft,
    misfits,
    serverKnowsZones: capabilities.timezone,
  });
  const apply = (change: Partial<CronDraft>) => {
    for (const [name, value] of Object.entries(change))
      setValue(name as keyof CronDraft, value as never, {
        shouldDirty: true,
        shouldValidate: formState.isSubmitted,
      });
  };
  const shown = all ? warnings : warnings.slice(0, shownAtFirst);
  if (warnings.length === 0) return null;
  return (
    <ul aria-label="Good to know" className="mt-3 flex flex-col gap-2">
      {shown.map((warning) => (
        <li key={`${warning.code} ${warning.reason}`}>
          <Warning warning={warning} onFix={apply} />
        </li>
      ))}
      {shown.length < warnings.length && (
        <li>
          <Button tone="quiet" size="small" onClick={() => setAll(true)}>
            {warnings.length - shown.length} more
          </Button>
        </li>
      )}
    </ul>
  );
}

function Warning({ warning, onFix }: { warning: DraftWarning; onFix: (change: Partial<CronDraft>) => void }) {
  const actions = warning.fixes.map((fix) => (
    <Button key={fix.label} size="small" onClick={() => onFix(fix.change)}>
      {fix.label}
    </Button>
  ));
  return (
    <Note tone={warning.tone} title={warning.title} actions={actions.length > 0 && actions}>
      {warning.reason}
    </Note>
  );
}
