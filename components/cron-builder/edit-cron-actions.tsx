'use client';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { sectionPath } from '@/components/shell/sections';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import type { CronDraft } from '@/lib/crons/cron-draft';
import type { CronsWritten } from '@/lib/crons/cron-written';
import { draftDiff } from '@/lib/crons/draft-diff';
import { replaceReasons } from '@/lib/crons/draft-to-patch';
import type { CronId } from '@/lib/crons/ids';
import { replaceCronMutation, updateCronMutation, writeProblemOf } from '@/lib/query/write-mutations';
import { useBuilder } from './builder-context';
import { useBuilderTools } from './builder-tools';
import { DiffDialog } from './diff-dialog';
import { firstRunText } from './new-cron-actions';
import { WrittenDialog } from './written-dialog';

type Props = {
  cronId: CronId;
  opened: CronDraft;
  /** Told what is stored now, where that turned out to be something else than `opened`. */
  onCurrent: (current: CronDraft) => void;
  /** Address of the cron's own page. */
  page: string;
};

/** Shows what would change, saves it in place or as a replacement, and leads back to the cron. */
export function EditCronActions({ cronId, opened, onCurrent, page }: Props) {
  const router = useRouter();
  const tools = useBuilderTools();
  const { capabilities, deployment } = useBuilder();
  const [asked, setAsked] = useState<CronDraft | null>(null);
  const [surprise, setSurprise] = useState<CronsWritten | null>(null);
  const update = useMutation(updateCronMutation(deployment.id));
  const replace = useMutation(replaceCronMutation(deployment.id));
  const changes = asked ? draftDiff(opened, asked) : [];
  const reasons = asked ? replaceReasons(opened, asked, capabilities) : [];
  const saving = reasons.length > 0 ? replace : update;

  const leave = (written: CronsWritten) => {
    const [only, ...others] = written.crons;
    const target = only && others.length === 0 ? sectionPath(deployment.id, 'crons', only.cronId) : null;
    router.push(target ?? sectionPath(deployment.id, 'crons'));
  };
  const ask = (draft: CronDraft) => {
    update.reset();
    replace.reset();
    if (draftDiff(opened, draft).length > 0) return setAsked(draft);
    tools.forget();
    toast.done('Nothing was changed.');
    router.push(page);
  };
  const done = (written: CronsWritten) => {
    tools.forget();
    setAsked(null);
    if (written.notes.length > 0 || written.crons.some((cron) => !cron.agrees)) return setSurprise(written);
    toast.done(reasons.length > 0 ? 'Replaced.' : 'Saved.', { hint: firstRunText(written, Date.now()) });
    leave(written);
  };
  const save = (draft: CronDraft) =>
    saving.mutate(
      { cronId, opened, draft },
      {
        onSuccess: done,
        onError: (error) => {
          const problem = writeProblemOf(error);
          if (problem.current) onCurrent(problem.current);
          const beside = problem.issues !== undefined || problem.field !== undefined;
          if (beside) setAsked(null);
          tools.refuse(problem);
        },
      },
    );

  return (
    <div className="border-t border-line py-5 pl-28 max-md:pl-0">
      <div className="flex flex-wrap gap-2">
        <Button tone="primary" size="large" onClick={() => tools.submit(ask)}>
          Save
        </Button>
        <Button size="large" onClick={tools.tryIt}>
          Try it now
        </Button>
        <Button
          tone="quiet"
          size="large"
          onClick={() => {
            tools.forget();
            router.push(page);
          }}
        >
          Discard changes
        </Button>
      </div>
      <DiffDialog
        open={asked !== null}
        onClose={() => setAsked(null)}
        changes={changes}
        reasons={reasons}
        problem={saving.error ? writeProblemOf(saving.error) : null}
        busy={saving.isPending}
        onSave={() => asked && save(asked)}
      />
      <WrittenDialog
        written={surprise}
        busy={false}
        onOpen={() => surprise && leave(surprise)}
        onTakeBack={null}
      />
    </div>
  );
}
