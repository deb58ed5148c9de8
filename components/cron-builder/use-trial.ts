'use client';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CronDraft } from '@/lib/crons/cron-draft';
import type { WriteProblem } from '@/lib/crons/cron-written';
import { openTrial } from '@/lib/query/open-trial';
import { writeProblemOf } from '@/lib/query/write-mutations';
import { endedTrial, startedTrial, trialEvent, type Trial } from '@/lib/crons/trial';

export type TrialControl = {
  readonly trial: Trial | null;
  readonly start: (draft: CronDraft, onThread: boolean) => void;
  readonly stop: () => void;
};

/** Runs a draft once and follows its stream. Stopping, or leaving the page, cancels the run on the server. */
export function useTrial(deploymentId: string, refuse: (problem: WriteProblem) => void): TrialControl {
  const [trial, setTrial] = useState<Trial | null>(null);
  const current = useRef<AbortController | null>(null);
  const stop = useCallback(() => current.current?.abort(), []);
  useEffect(() => stop, [stop]);

  const start = useCallback(
    (draft: CronDraft, onThread: boolean) => {
      current.current?.abort();
      const own = new AbortController();
      current.current = own;
      const change = (next: (trial: Trial) => Trial) => {
        if (current.current === own) setTrial((old) => next(old ?? startedTrial(Date.now())));
      };
      setTrial(startedTrial(Date.now()));
      follow(deploymentId, draft, onThread, own.signal, change).catch((error: unknown) => {
        if (own.signal.aborted) return change((old) => ({ ...old, state: 'stopped', endedMs: Date.now() }));
        const problem = writeProblemOf(error);
        change((old) => ({ ...old, state: 'failed', endedMs: Date.now(), problem }));
        refuse(problem);
      });
    },
    [deploymentId, refuse],
  );
  return { trial, start, stop };
}

async function follow(
  deploymentId: string,
  draft: CronDraft,
  onThread: boolean,
  signal: AbortSignal,
  change: (next: (trial: Trial) => Trial) => void,
): Promise<void> {
  const body = await openTrial(deploymentId, { draft, onThread }, signal);
  const events = body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  for (let next = await events.read(); !next.done; next = await events.read()) {
    const { event = 'message', data } = next.value;
    change((old) => trialEvent(old, event, data));
  }
  change((old) => endedTrial(old, Date.now()));
}
