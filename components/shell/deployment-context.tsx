'use client';
import { useQuery } from '@tanstack/react-query';
import { createContext, use, useMemo, type ReactNode } from 'react';
import type { Capabilities, DeploymentInfo } from '@/lib/crons/deployment';
import { deploymentQuery } from '@/lib/query/deployment-queries';
import { ApiProblem } from '@/lib/query/http';
import { later } from '../ui/later';

const UnknownDeployment = later(() =>
  import('./unknown-deployment').then((module) => module.UnknownDeployment),
);

type Current = {
  readonly deploymentId: string;
  /** Null until the server has told about itself. */
  readonly info: DeploymentInfo | null;
  /** Null as long as it is not known what the server supports; then nothing doubtful is offered. */
  readonly capabilities: Capabilities | null;
};

const Context = createContext<Current | null>(null);

export function DeploymentProvider({
  deploymentId,
  children,
}: {
  deploymentId: string;
  children: ReactNode;
}) {
  const { data: info = null, error } = useQuery(deploymentQuery(deploymentId));
  const value = useMemo(() => {
    const capabilities = info?.state.kind === 'ready' ? info.state.capabilities : null;
    return { deploymentId, info, capabilities };
  }, [deploymentId, info]);
  if (error instanceof ApiProblem && error.code === 'unknown-deployment') {
    return <UnknownDeployment problem={error.problem} />;
  }
  return <Context value={value}>{children}</Context>;
}

/** The deployment the page is about. */
export function useDeployment(): Current {
  const value = use(Context);
  if (!value) throw new Error('useDeployment needs DeploymentProvider');
  return value;
}
