'use client';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { deploymentsQuery } from '@/lib/query/deployment-queries';
import { problemOf } from '@/lib/query/problem-of';
import { useDeployment } from '../shell/deployment-context';
import { usePreferences } from '../shell/preferences-context';
import { themeOptions } from '../shell/theme-menu';
import { ErrorState } from '../ui/error-state';
import { Panel } from '../ui/panel';
import { Segmented } from '../ui/segmented';
import { Skeleton } from '../ui/skeleton';
import { AlertsPanel } from './alerts-panel';
import { DeploymentCard } from './deployment-card';
import { MeasuringPanel } from './measuring-panel';
import { MoneySettings } from './money-settings';
import { ZoneSetting } from './zone-setting';

/** What is configured, what each deployment supports, and how this browser shows things. */
export function SettingsPage() {
  return (
    <div className="mx-auto max-w-[860px]">
      <h1 className="mb-4 text-3xl font-semibold tracking-[-.02em]">Settings</h1>
      <Panel title="Deployments" flush>
        <Deployments />
      </Panel>
      <AlertsPanel />
      <MoneySettings />
      <MeasuringPanel />
      <Panel title="Display">
        <div className="grid gap-4">
          <ZoneSetting />
          <Theme />
        </div>
      </Panel>
      <Panel title="Access">
        <p className="max-w-[70ch] text-ink-2">
          There are no accounts: whoever can open this page can see, change and delete every cron of these
          deployments. That is why Crondeck listens on this machine only, unless it is told otherwise. The
          keys of the deployments stay on the server; the browser never gets them.
        </p>
      </Panel>
    </div>
  );
}

function Deployments() {
  const { deploymentId } = useDeployment();
  const { data, error, refetch, isFetching } = useQuery(deploymentsQuery());
  if (error && !data) {
    const problem = problemOf(error);
    return (
      <ErrorState title={problem.message} onRetry={() => void refetch()} retrying={isFetching}>
        {problem.hint}
      </ErrorState>
    );
  }
  if (!data) return <Skeleton className="m-4 h-32" />;
  return (
    <>
      <ul>
        {data.map((info) => (
          <DeploymentCard key={info.id} info={info} isCurrent={info.id === deploymentId} />
        ))}
      </ul>
      <p className="border-t border-line px-4 py-3 text-sm text-ink-2">
        One deployment: set <Code>LANGGRAPH_API_URL</Code> and <Code>LANGSMITH_API_KEY</Code>. Several: list
        them in <Code>crondeck.config.json</Code>. Restart Crondeck after either.
      </p>
    </>
  );
}

function Theme() {
  const { theme, setTheme } = usePreferences();
  return (
    <div>
      <p className="mb-[5px] text-sm text-ink-2">Theme</p>
      <Segmented label="Theme" value={theme} onChange={setTheme} options={themeOptions} />
    </div>
  );
}

function Code({ children }: { children: ReactNode }) {
  return <code className="mono rounded-sm bg-sunk px-1 py-px text-ink wrap-anywhere">{children}</code>;
}
