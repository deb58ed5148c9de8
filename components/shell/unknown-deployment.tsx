'use client';
import { useQuery } from '@tanstack/react-query';
import { deploymentsQuery } from '@/lib/query/deployment-queries';
import type { Problem } from '@/lib/result';
import { EmptyState } from '../ui/empty-state';
import { LinkButton } from '../ui/link-button';
import { sectionPath } from './sections';

export function UnknownDeployment({ problem }: { problem: Problem }) {
  const { data = [] } = useQuery(deploymentsQuery());
  return (
    <main className="pt-16">
      <EmptyState
        title={problem.message}
        actions={data.map(({ id, name }) => (
          <LinkButton key={id} href={sectionPath(id, 'crons')}>
            {name}
          </LinkButton>
        ))}
      >
        {problem.hint}
      </EmptyState>
    </main>
  );
}
