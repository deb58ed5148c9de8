'use client';
import { useQuery } from '@tanstack/react-query';
import { cleanupQuery } from '@/lib/query/cleanup-queries';
import { problemOf } from '@/lib/query/problem-of';
import { ChangedSelection } from '../jobs/changed-selection';
import { useBulk } from '../jobs/use-bulk';
import { useDeployment } from '../shell/deployment-context';
import { DeploymentProblemPage } from '../shell/deployment-problem';
import { sectionPath } from '../shell/sections';
import { EmptyState } from '../ui/empty-state';
import { plural } from '../ui/format-number';
import { LinkButton } from '../ui/link-button';
import { Skeleton } from '../ui/skeleton';
import { FindingCard } from './finding-card';
import { PauseEverything } from './pause-everything';

const rowsAtFirst = 5;

/** What is wrong with the crons of the deployment, what it costs, and how to put it right. */
export function CleanupPage() {
  const { deploymentId } = useDeployment();
  const { data, error } = useQuery(cleanupQuery(deploymentId, { limit: rowsAtFirst }));
  const bulk = useBulk();
  if (error && !data) return <DeploymentProblemPage problem={problemOf(error)} />;
  return (
    <div className="mx-auto max-w-[980px]">
      <div className="mb-4 flex flex-wrap items-start justify-between gap-3">
        <div>
          <h1 className="text-3xl font-semibold tracking-[-.02em]">Cleanup</h1>
          <p className="mt-1 text-ink-2">
            {data === undefined
              ? 'Looking at every cron…'
              : data.attention === 0
                ? 'No cron needs attention.'
                : `${plural(data.attention, 'cron needs', 'crons need')} attention.`}
          </p>
        </div>
        <PauseEverything />
      </div>
      {data === undefined && <Skeleton className="h-48" />}
      {data?.cards.length === 0 && (
        <EmptyState
          title="Nothing to clean up"
          actions={<LinkButton href={sectionPath(deploymentId, 'crons')}>All crons</LinkButton>}
        >
          No cron is stuck, orphaned, doubled or forgotten, as far as this deployment tells.
        </EmptyState>
      )}
      {data?.cards.map((card) => (
        <FindingCard key={card.code} card={card} currency={data.currency} bulk={bulk} />
      ))}
      <ChangedSelection bulk={bulk} />
    </div>
  );
}
