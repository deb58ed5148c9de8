'use client';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { deploymentsQuery } from '@/lib/query/deployment-queries';
import { problemOf } from '@/lib/query/problem-of';
import { ErrorState } from '../ui/error-state';
import { sectionPath } from './sections';

/** Leads on to the crons of the first deployment; stays only to say why there is none. */
export function FirstDeployment() {
  const router = useRouter();
  const { data, error, refetch, isFetching } = useQuery(deploymentsQuery());
  const first = data?.[0]?.id;
  useEffect(() => {
    if (first) router.replace(sectionPath(first, 'crons'));
  }, [first, router]);

  if (!error) return <p className="p-6 text-ink-2">Opening…</p>;
  const problem = problemOf(error);
  return (
    <main className="pt-16">
      <ErrorState title={problem.message} onRetry={() => void refetch()} retrying={isFetching}>
        {problem.hint}
      </ErrorState>
    </main>
  );
}
