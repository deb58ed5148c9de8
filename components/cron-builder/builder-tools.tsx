'use client';
import { createContext, useContext } from 'react';
import type { CronDraft } from '@/lib/crons/cron-draft';
import type { WriteProblem } from '@/lib/crons/cron-written';

/** What the buttons of the builder can ask of its form. */
export type BuilderTools = {
  /** Checks the form, with a change made to it first, and hands a valid draft over; else shows what is wrong. */
  readonly submit: (save: (draft: CronDraft) => void, change?: Partial<CronDraft>) => void;
  /** Puts a refusal of the server beside its fields. */
  readonly refuse: (problem: WriteProblem) => void;
  /** Runs the payload once, now, and shows what comes. */
  readonly tryIt: () => void;
  /** Forgets the draft the browser keeps. */
  readonly forget: () => void;
};

const Context = createContext<BuilderTools | null>(null);
export const BuilderToolsProvider = Context.Provider;

export function useBuilderTools(): BuilderTools {
  const tools = useContext(Context);
  if (tools === null) throw new Error('useBuilderTools needs a CronBuilder around it.');
  return tools;
}
