'use client';
import type { ReactNode } from 'react';
import { JobsProvider } from '../jobs/jobs-context';
import { DeploymentProvider } from './deployment-context';
import { Header } from './header';
import { SectionTabs } from './section-tabs';

/** What surrounds every page of a deployment. */
export function Shell({ deploymentId, children }: { deploymentId: string; children: ReactNode }) {
  return (
    <DeploymentProvider deploymentId={deploymentId}>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-60 focus:rounded-md focus:bg-card focus:px-3 focus:py-2"
      >
        Skip to the content
      </a>
      <Header />
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto max-w-[1680px] px-6 pt-5 pb-10 outline-none max-md:px-4 max-md:pt-4 max-md:pb-24"
      >
        <JobsProvider>{children}</JobsProvider>
      </main>
      <SectionTabs place="bottom" />
    </DeploymentProvider>
  );
}
