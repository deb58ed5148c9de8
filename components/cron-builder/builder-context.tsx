'use client';
import { createContext, useContext } from 'react';
import { useFormContext } from 'react-hook-form';
import type { CronDraft } from '@/lib/crons/cron-draft';
import type { CronId } from '@/lib/crons/ids';
import type { Capabilities, DeploymentInfo } from '@/lib/crons/deployment';

/** What every part of the builder knows about where it is used. */
export type BuilderContext = {
  readonly deployment: DeploymentInfo;
  readonly capabilities: Capabilities;
  readonly viewerZone: string;
  /** The cron that is edited, and the draft as the edit began; null for a new cron. */
  readonly cronId: CronId | null;
  readonly opened: CronDraft | null;
};

const Context = createContext<BuilderContext | null>(null);
export const BuilderProvider = Context.Provider;

export function useBuilder(): BuilderContext {
  const value = useContext(Context);
  if (value === null) throw new Error('useBuilder needs a BuilderProvider above it.');
  return value;
}

export function useDraftForm() {
  return useFormContext<CronDraft>();
}
