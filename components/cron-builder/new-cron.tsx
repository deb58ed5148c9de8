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
import { emptyDraft, type CronDraft } from '@/lib/crons/cron-draft';
import { duplicateDraft } from '@/lib/crons/cron-to-draft';
import type { Capabilities, DeploymentInfo } from '@/lib/crons/deployment';
import { cronQuery } from '@/lib/query/cron-queries';
import { problemOf } from '@/lib/query/problem-of';
import { BuilderSkeleton } from './builder-skeleton';
import { CronBuilder } from './cron-builder';
import { NewCronActions } from './new-cron-actions';
import { draftKey, readStoredDraft, storeDraft } from './stored-draft';

/** The page that makes crons: fresh, from the kept draft, or as a copy of the cron `from`. */
export function NewCron({ from }: { from: string | null }) {
  const { deploymentId, info, capabilities } = useDeployment();
  const source = useQuery({
    ...cronQuery(deploymentId, from ?? ''),
    enabled: from !== null,
    refetchInterval: false,
  });
  // Drafts, zones and clocks are the browser's: the server renders none of them.
  const mounted = useNow(60_000) !== null;
  if (source.error) {
    const problem = problemOf(source.error);
    return (
      <ErrorState
        title="The cron to copy cannot be read"
        onRetry={() => void source.refetch()}
        retrying={source.isFetching}
      >
        {problem.message} {problem.hint}
      </ErrorState>
    );
  }
  if (!mounted || info === null || capabilities === null || (from !== null && !source.data))
    return <BuilderSkeleton />;
  const copy = source.data ? duplicateDraft(source.data.cron) : null;
  return <NewCronForm key={from} from={from} info={info} capabilities={capabilities} copy={copy} />;
}

type FormProps = {
  from: string | null;
  info: DeploymentInfo;
  capabilities: Capabilities;
  copy: CronDraft | null;
};

function NewCronForm({ from, info, capabilities, copy }: FormProps) {
  const viewerZone = useDisplayZone();
  const key = draftKey(info.id, from === null ? 'new' : `copy:${from}`);
  const [begun] = useState(() => copy ?? emptyDraft(capabilities.timezone ? viewerZone : 'UTC'));
  const [kept] = useState(() => readStoredDraft(key));
  const [round, setRound] = useState(0);
  const restored = round === 0 ? kept : null;
  const context = { deployment: info, capabilities, viewerZone, cronId: null, opened: null };
  const startOver = () => {
    storeDraft(key, null);
    setRound(round + 1);
  };
  return (
    <CronBuilder
      key={round}
      context={context}
      title={copy ? 'Copy of a cron' : 'New cron'}
      crumbs={
        <>
          <Link href={sectionPath(info.id, 'crons')} className="hover:text-ink hover:underline">
            Crons
          </Link>{' '}
          / New
        </>
      }
      draft={restored?.draft ?? begun}
      sentence={restored?.sentence ?? ''}
      begun={begun}
      storageKey={key}
      banner={<Banner copied={copy !== null} restored={restored !== null} onStartOver={startOver} />}
      actions={<NewCronActions deploymentId={info.id} />}
    />
  );
}

type BannerProps = { copied: boolean; restored: boolean; onStartOver: () => void };

function Banner({ copied, restored, onStartOver }: BannerProps) {
  if (copied && !restored)
    return (
      <Note className="mb-5">
        This copy is paused: nothing runs before you have looked at it and resumed it.
      </Note>
    );
  if (!restored) return null;
  return (
    <Note
      className="mb-5"
      title="Your draft was kept."
      actions={
        <Button size="small" onClick={onStartOver}>
          Start over
        </Button>
      }
    >
      You can go on where you stopped.
    </Note>
  );
}
