'use client';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useWatch } from 'react-hook-form';
import { useNow } from '@/components/ui/use-now';
import { previewDraft, type DraftPreview } from '@/lib/crons/draft-preview';
import { useBuilder, useDraftForm } from './builder-context';

type Previewed = { readonly preview: DraftPreview; readonly nowMs: number };
const Context = createContext<Previewed | null>(null);

/** Computes the preview once per change, for the form and the card; nothing else renders again for it. */
export function PreviewProvider({ children }: { children: ReactNode }) {
  const { control } = useDraftForm();
  const { deployment } = useBuilder();
  const [schedules, zone, end] = useWatch({ control, name: ['schedules', 'zone', 'end'] });
  const nowMs = useNow(60_000) ?? 0;
  const secondsFirst = deployment.reading === 'seconds-first';
  const value = useMemo(
    () => ({
      preview: previewDraft({ schedules, zone, end }, nowMs, { secondsFirst, hour12: false }),
      nowMs,
    }),
    [schedules, zone, end, nowMs, secondsFirst],
  );
  return <Context value={value}>{children}</Context>;
}

export function usePreview(): Previewed {
  const value = useContext(Context);
  if (value === null) throw new Error('usePreview needs a PreviewProvider above it.');
  return value;
}
