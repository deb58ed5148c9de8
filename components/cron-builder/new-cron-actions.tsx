'use client';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { sectionPath } from '@/components/shell/sections';
import { Button } from '@/components/ui/button';
import { formatGap } from '@/components/ui/format-instant';
import { toast } from '@/components/ui/toast';
import type { CronDraft } from '@/lib/crons/cron-draft';
import type { CronsWritten } from '@/lib/crons/cron-written';
import { problemOf } from '@/lib/query/problem-of';
import { createCronsMutation, takeBackMutation, writeProblemOf } from '@/lib/query/write-mutations';
import { useBuilder } from './builder-context';
import { useBuilderTools } from './builder-tools';
import { WriteFailed } from './write-failed';
import { WrittenDialog } from './written-dialog';

/** "It will first run in 3 h 12 min", from what the server itself says. */
export function firstRunText({ crons }: CronsWritten, nowMs: number): string {
  const dates = crons.flatMap((cron) => (cron.enabled ? (cron.serverNextMs ?? []) : []));
  if (dates.length === 0)
    return crons.some((cron) => cron.enabled) ? 'The server names no next run.' : 'It is paused.';
  return `It will first run in ${formatGap(Math.max(0, Math.min(...dates) - nowMs))}.`;
}

/** Saves a new cron, leads to its page and offers to take it back. */
export function NewCronActions({ deploymentId }: { deploymentId: string }) {
  const tools = useBuilderTools();
  const router = useRouter();
  const { capabilities } = useBuilder();
  const [surprise, setSurprise] = useState<CronsWritten | null>(null);
  const create = useMutation(createCronsMutation(deploymentId));
  const takeBack = useMutation(takeBackMutation(deploymentId));

  const leave = (written: CronsWritten) => {
    const [only, ...others] = written.crons;
    const page = others.length > 0 || !only ? [] : [only.cronId];
    router.push(sectionPath(deploymentId, 'crons', ...page));
  };
  // The page is left by the time somebody clicks: what follows must not hang on this component.
  const undo = (written: CronsWritten) =>
    takeBack.mutateAsync(written.crons.map((cron) => cron.cronId)).then(
      () => {
        toast.done('Deleted again. Nothing will run.');
        router.push(sectionPath(deploymentId, 'crons'));
      },
      (error: unknown) => toast.problem(problemOf(error)),
    );
  const done = (written: CronsWritten) => {
    tools.forget();
    if (written.notes.length > 0 || written.crons.some((cron) => !cron.agrees)) return setSurprise(written);
    const title = written.crons.length > 1 ? `${written.crons.length} crons created.` : 'Created.';
    toast.done(title, {
      hint: firstRunText(written, Date.now()),
      action: { label: 'Undo', onClick: () => void undo(written) },
    });
    leave(written);
  };
  const save = (draft: CronDraft) =>
    create.mutate(draft, {
      onSuccess: done,
      onError: (error) => tools.refuse(writeProblemOf(error)),
    });
  const problem = create.error ? writeProblemOf(create.error) : null;

  return (
    <div className="border-t border-line py-5 pl-28 max-md:pl-0">
      {problem && !create.isPending && (
        <div className="mb-3">
          <WriteFailed problem={problem} onRetry={() => tools.submit(save)} />
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        <Button tone="primary" size="large" busy={create.isPending} onClick={() => tools.submit(save)}>
          Create cron
        </Button>
        <Button size="large" onClick={tools.tryIt}>
          Try it now
        </Button>
        {capabilities.enabled && (
          <Button
            tone="quiet"
            size="large"
            disabled={create.isPending}
            onClick={() => tools.submit(save, { paused: true })}
          >
            Create paused
          </Button>
        )}
      </div>
      <WrittenDialog
        written={surprise}
        busy={takeBack.isPending}
        onOpen={() => surprise && leave(surprise)}
        onTakeBack={surprise && (() => void undo(surprise))}
      />
    </div>
  );
}
