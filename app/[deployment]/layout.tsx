import type { ReactNode } from 'react';
import { Shell } from '@/components/shell/shell';

type Props = { children: ReactNode; params: Promise<{ deployment: string }> };

export default async function DeploymentLayout({ children, params }: Props) {
  return <Shell deploymentId={(await params).deployment}>{children}</Shell>;
}
