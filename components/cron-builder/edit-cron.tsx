'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { useDeployment } from '@/components/shell/deployment-context';
import { useDisplayZone } from '@/components/shell/preferences-context';
import { sectionPath } from '@/components/shell/sections';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Note } from '@/components/ui/note';
import { useNow } from '@/components/ui/use-now';
import type { Cron } from '@/lib/crons/cron';
import { cronGroup, cronName } from '@/lib/crons/cron-name';
import { cronToDraft } from '@/lib/crons/cron-to-draft';
import type { Capabilities, DeploymentInfo } from '@/lib/crons/deployment';
import { cronQuery } from '@/lib/query/cron-queries';
import { problemOf } from '@/lib/query/problem-of';
import { BuilderSkeleton } from './builder-skeleton';
import { CronBuilder } from './cron-builder';
import { EditCronActions } from './edit-cron-actions';
import { draftKey, readStoredDraft, storeDraft } from './stored-draft';

/** The page that changes a cron. */
export function EditCron({ cronId }: { cronId: string }) {
  const { deploymentId, info, capabilities } = useDeployment();
  // Read once: what a colleague changes meanwhile is found when saving and never overwrites what is typed here.
  const stored = useQuery({
    ...cronQuery(deploymentId, cronId),
    refetchInterval: false,
    refetchOnWindowFocus: false,
  });
  const mounted = useNow(60_000) !== null;
  if (stored.error && !stored.data) {
    const problem = problemOf(stored.error);
    return (
      <ErrorState
        title="This cron cannot be opened"
        onRetry={() => void stored.refetch()}
        retrying={stored.isFetching}
      >
        {problem.message} {problem.hint}
      </ErrorState>
    );
  }
  if (!mounted || info === null || capabilities === null || !stored.data) return <BuilderSkeleton />;
  return <EditCronForm key={cronId} cron={stored.data.cron} info={info} capabilities={capabilities} />;
}

type FormProps = { cron: Cron; info: DeploymentInfo; capabilities: Capabilities };

function EditCronForm({ cron: read, info, capabilities }: FormProps) {
  const viewerZone = useDisplayZone();
  const [cron] = useState(read);
  const key = draftKey(info.id, `edit:${cron.cronId}`);
  const [kept, setKept] = useState(() => readStoredDraft(key));
  const [opened, setOpened] = useState(() => kept?.opened ?? cronToDraft(cron));
  const [round, setRound] = useState(0);
  const context = { deployment: info, capabilities, viewerZone, cronId: cron.cronId, opened };
  const page = sectionPath(info.id, 'crons', cron.cronId);
  const startOver = () => {
    storeDraft(key, null);
    setKept(null);
    setOpened(cronToDraft(cron));
    setRound(round + 1);
  };
  const group = cronGroup(cron);
  return (
    <CronBuilder
      key={round}
      context={context}
      title="Edit cron"
      crumbs={
        <>
          <Link href={sectionPath(info.id, 'crons')} className="hover:text-ink hover:underline">
            Crons
          </Link>{' '}
          /{' '}
          <Link href={page} className="hover:text-ink hover:underline">
            {cronName(cron).name}
          </Link>{' '}
          / Edit
        </>
      }
      draft={kept?.draft ?? opened}
      sentence={kept?.sentence ?? ''}
      begun={opened}
      storageKey={key}
      banner={
        <>
          {kept && (
            <Note
              className="mb-5"
              title="Your unsaved changes were kept."
              actions={
                <Button size="small" onClick={startOver}>
                  Start from what is stored
                </Button>
              }
            >
              Nothing of this is saved yet.
            </Note>
          )}
          {group && (
            <Note className="mb-5">
              This is {group.part || 'one'} of several crons made together. Only this one is changed here.
            </Note>
          )}
        </>
      }
      actions={<EditCronActions cronId={cron.cronId} opened={opened} onCurrent={setOpened} page={page} />}
    />
  );
}
